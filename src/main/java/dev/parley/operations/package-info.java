/// What applications tell of their business, to those who watch it: alerts, the processing of
/// documents, updates of orders, quotes, payments and deadlines, and topics.
///
/// - [Announcements] says for whom each is; pure.
/// - [OperationsVerticle] is the shell: one per node, for administrators and the server itself. It
///   keeps nothing, so it does not matter which node is told.
@NullMarked
@CheckReturnValue
package dev.parley.operations;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
