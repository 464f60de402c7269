package dev.parley.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A way to a server on this machine that can be cut, moved to another server, made slow, held up,
/// or made to lose the answers.
public final class Wire implements AutoCloseable {
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean answersAreLost;
  private volatile boolean held;
  private volatile int lateMillis;

  public Wire(int target) {
    this(target, InetAddress.getLoopbackAddress());
  }

  /// @param near the address of this machine that it is reached at
  public Wire(int target, InetAddress near) {
    this.target = target;
    try {
      this.door = new ServerSocket(0, 50, near);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread _ = Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  public String url() {
    return "redis://" + door.getInetAddress().getHostAddress() + ":" + port();
  }

  /// Nothing arrives until it is let go.
  public void hold() {
    held = true;
  }

  /// What was held arrives.
  public void letGo() {
    held = false;
  }

  /// What passes takes so much longer, each way.
  public void delay(int millis) {
    lateMillis = millis;
  }

  /// What the server says from now on does not arrive; what it is asked does.
  public void loseAnswers() {
    answersAreLost = true;
  }

  /// Ends all connections; new ones work as usual.
  public void cut() {
    answersAreLost = false;
    open.forEach(Wire::closeQuietly);
  }

  /// Ends all connections; new ones lead to another server.
  public void moveTo(int port) {
    target = port;
    cut();
  }

  @Override
  public void close() {
    closeQuietly(door);
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = door.accept();
        Thread _ = Thread.ofVirtual().start(() -> connect(near));
      }
    } catch (IOException _) {
      cut();
    }
  }

  private void connect(Socket near) {
    open.add(near);
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(far);
      Thread _ = Thread.ofVirtual().start(() -> carry(near, far, false));
      carry(far, near, true);
    } catch (IOException _) {
      closeQuietly(near);
    }
  }

  private void carry(Socket from, Socket to, boolean answers) {
    byte[] bytes = new byte[64 << 10];
    boolean lost = false; // once a part is, what follows would be taken for it
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        await(to);
        lost |= answers && answersAreLost;
        if (!lost) {
          out.write(bytes, 0, n);
        }
      }
    } catch (IOException _) {
      // Ended by the other direction, or cut.
    } finally {
      closeQuietly(from);
      closeQuietly(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private void await(Socket to) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(lateMillis));
    while (held && !to.isClosed()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
