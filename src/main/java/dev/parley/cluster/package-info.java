/// Who the other nodes are, and what each of them says about itself.
///
/// [ClusterStart] starts Vert.x, alone or as one of several; [Cluster] is the membership as this
/// node sees it. What nodes tell about themselves are [Rows]: each writes its own, all read all.
/// Hazelcast carries the membership and the registry of the event bus ([NodeManager]), nothing
/// else; nobody else imports it.
@NullMarked
@CheckReturnValue
package dev.parley.cluster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
