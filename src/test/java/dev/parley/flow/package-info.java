/// The server as its clients meet it: a real node on a free port, real sockets.
@NullMarked
package dev.parley.flow;

import org.jspecify.annotations.NullMarked;
