import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Clients of a node that is killed: how long until all are back, on other nodes, where they were.
/// Each is in one of 500 rooms. Who loses the connection tries the other nodes in turn, each time
/// after a random part of a time that grows from 0.1 s to 1 s (full jitter), and resumes its room
/// by position. Before, all of them come and go so many times: a server that has run for a day has
/// compiled what taking clients in needs, and so has the client.
///
/// ```
/// java @conf/jvm.options -cp target/parley.jar src/bench/java/FailoverBench.java PORT,PORT... PID,PID... CLIENTS OTHERS TIMES SECRET
/// ```
///
/// The first port's node, which is the first process, has so many clients and is killed; each of
/// the others has so many others. All clients are one thread with sockets of its own: it runs
/// beside the servers, and what it takes of the processors they do not have.
public final class FailoverBench {
  private static final int ROOMS = 500;
  private static final int OPENING = 100;
  private static final int READ_BYTES = 256 << 10;
  private static final long PATIENCE_NANOS = Duration.ofMinutes(3).toNanos();
  private static final int CALM_SECONDS = 40;
  private static final double CALM_CPU = 0.3;
  private static final int FIRST_DELAY_MILLIS = 100;
  private static final int MOST_DELAY_MILLIS = 1_000;

  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final byte[] NORMAL_CLOSURE = {3, (byte) 232};

  /// Who comes and goes is passed over unread: there is much of it.
  private static final byte[] PASSED_OVER = "{\"type\":\"room.".getBytes(StandardCharsets.US_ASCII);

  private final List<Integer> ports;
  private final List<Long> pids;
  private final int hit;
  private final int count;
  private final String secret;
  private final Selector selector = Selector.open();
  private final ByteBuffer reading = ByteBuffer.allocateDirect(READ_BYTES);
  private final PriorityQueue<Attempt> attempts = new PriorityQueue<>();
  private final Random random = new Random();
  private final List<Client> clients = new ArrayList<>();
  private long killedAt;
  private boolean leaving;
  private int ready;
  private int gone;
  private int tried;
  private int notRecovered;

  private FailoverBench(List<Integer> ports, List<Long> pids, int hit, int others, String secret)
      throws IOException {
    this.ports = ports;
    this.pids = pids;
    this.hit = hit;
    this.count = hit + others * (ports.size() - 1);
    this.secret = secret;
  }

  public static void main(String[] arguments) throws Exception {
    List<Integer> ports = numbers(arguments[0]).map(Long::intValue).toList();
    List<Long> pids = numbers(arguments[1]).toList();
    int hit = Integer.parseInt(arguments[2]);
    int others = Integer.parseInt(arguments[3]);
    new FailoverBench(ports, pids, hit, others, arguments[5]).run(Integer.parseInt(arguments[4]));
  }

  private static Stream<Long> numbers(String joined) {
    return Arrays.stream(joined.split(",")).map(Long::valueOf);
  }

  private void run(int times) throws Exception {
    List<String> tokens = IntStream.range(0, count).mapToObj(this::token).toList();
    for (int i = times; i > 0; i--) {
      openAll(tokens, i);
      leaveAll();
    }
    openAll(tokens, 0);
    talk();
    await(() -> clients.stream().allMatch(Client::hasPosition), "positions");
    calm();
    kill();
    report();
    System.exit(0);
  }

  /// @param turn by how many nodes on from their own they are, so that each node takes in the most
  ///   of them in turn
  private void openAll(List<String> tokens, int turn) throws IOException {
    ready = 0;
    gone = 0;
    long before = System.nanoTime();
    double serversBefore = serverSeconds();
    for (int number = 0; number < count; number++) {
      Client client = new Client(number, tokens.get(number), turn);
      clients.add(client);
      client.open();
      int opened = number + 1;
      await(() -> opened - ready < OPENING, "connections");
    }
    await(() -> ready == count, "all connections");
    System.out.printf(
        "%d clients came in %.1f s, for %.1f s of the nodes' processor time%n",
        count, (System.nanoTime() - before) / 1e9, serverSeconds() - serversBefore);
  }

  private void leaveAll() throws IOException {
    leaving = true;
    for (Client client : clients) {
      client.send(CLOSE, NORMAL_CLOSURE);
    }
    await(() -> gone == count, "the end of all connections");
    leaving = false;
    clients.clear();
  }

  /// One message in each room, so that every client has a position to come back to.
  private void talk() throws IOException {
    for (Client client : clients.subList(0, ROOMS)) {
      client.say(
          new JsonObject()
              .put("type", "chat.send")
              .put("room", client.room)
              .put("content", "hello")
              .put("client_message_id", "hello" + pids.getFirst()));
    }
  }

  /// As before any failure: servers that have just taken in thousands go on compiling for a while.
  private void calm() throws IOException {
    for (int i = 0; i < CALM_SECONDS; i++) {
      double before = serverSeconds();
      long until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
      await(() -> System.nanoTime() >= until, "a second");
      if (serverSeconds() - before < CALM_CPU) {
        return;
      }
    }
    System.out.println("the servers were not calm after " + CALM_SECONDS + " s");
  }

  /// Processor time of all servers so far.
  private double serverSeconds() {
    return secondsOf(pids);
  }

  private static double secondsOf(List<Long> processes) {
    return processes.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToDouble(time -> time.toMillis() / 1_000.0)
        .sum();
  }

  private void kill() throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    ready = 0;
    tried = 0;
    long before = threads.getCurrentThreadCpuTime();
    List<Long> survivors = pids.subList(1, pids.size());
    double survivorsBefore = secondsOf(survivors);
    killedAt = System.nanoTime();
    System.out.println("killed at " + Instant.now());
    ProcessHandle.of(pids.getFirst()).orElseThrow().destroyForcibly();
    await(() -> ready == hit, "all clients to come back");
    double took = System.nanoTime() - killedAt;
    System.out.printf(
        "%d clients; %d attempts, %d not recovered; in %.1f s the other nodes took %.1f s of"
            + " processor time, this client %.1f s%n",
        hit,
        tried,
        notRecovered,
        took / 1e9,
        secondsOf(survivors) - survivorsBefore,
        (threads.getCurrentThreadCpuTime() - before) / 1e9);
  }

  private void report() {
    for (Step step : Step.values()) {
      long[] millis =
          clients.subList(0, hit).stream()
              .mapToLong(client -> client.millis(step))
              .sorted()
              .toArray();
      System.out.printf(
          "  %-10sms: p50 %d, p90 %d, p99 %d, all %d%n",
          step.name().toLowerCase(),
          millis[hit / 2],
          millis[hit * 9 / 10],
          millis[hit * 99 / 100],
          millis[hit - 1]);
    }
  }

  private void await(BooleanSupplier condition, String what) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited too long for " + what);
      }
      turn();
    }
  }

  private void turn() throws IOException {
    for (Attempt next = attempts.peek();
        next != null && next.at() <= System.nanoTime();
        next = attempts.peek()) {
      attempts.remove();
      next.client().open();
    }
    selector.select(FailoverBench::onReady, 2);
  }

  private static void onReady(SelectionKey key) {
    ((Client) key.attachment()).onReady(key);
  }

  private String token(int number) {
    long now = Instant.now().getEpochSecond();
    String user = "u" + number;
    JsonObject claims =
        new JsonObject()
            .put("sub", user)
            .put("username", user)
            .put("iat", now)
            .put("exp", now + 3_600);
    String content = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims.encode());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// What a client goes through after the kill.
  private enum Step {
    LOST,
    TRIED,
    CONNECTED,
    WELCOMED,
    BACK
  }

  private record Position(long seq, String epoch) {}

  private record Attempt(long at, Client client) implements Comparable<Attempt> {
    @Override
    public int compareTo(Attempt other) {
      return Long.compare(at, other.at);
    }
  }

  private final class Client {
    private final int number;
    private final String token;
    private final String room;
    private final Map<Step, Long> steps = new EnumMap<>(Step.class);
    private int place;
    private int failures;
    private SocketChannel channel;
    private boolean upgraded;
    private byte[] rest = {};
    private Optional<Position> position = Optional.empty();

    Client(int number, String token, int turn) {
      this.number = number;
      this.token = token;
      this.room = "f" + number % ROOMS;
      int own = number < hit ? 0 : 1 + (number - hit) % (ports.size() - 1);
      this.place = (own + turn) % ports.size();
    }

    boolean hasPosition() {
      return position.filter(known -> known.seq() >= 1).isPresent();
    }

    long millis(Step step) {
      return (steps.get(step) - killedAt) / 1_000_000;
    }

    private void note(Step step) {
      steps.put(step, System.nanoTime());
    }

    void open() throws IOException {
      tried++;
      note(Step.TRIED);
      upgraded = false;
      rest = new byte[0];
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean connected = channel.connect(new InetSocketAddress("127.0.0.1", ports.get(place)));
      channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
      if (connected) {
        upgrade();
      }
    }

    private void upgrade() throws IOException {
      write(
          ("GET /parley/v1?token="
                  + token
                  + " HTTP/1.1\r\n"
                  + "Host: 127.0.0.1\r\n"
                  + "Upgrade: websocket\r\n"
                  + "Connection: Upgrade\r\n"
                  + "Sec-WebSocket-Version: 13\r\n"
                  + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
    }

    private void write(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      channel.write(buffer);
      if (buffer.hasRemaining()) {
        throw new IOException("the server does not read");
      }
    }

    void say(JsonObject message) throws IOException {
      send(TEXT, message.toBuffer().getBytes());
    }

    /// A mask of zeros leaves the payload as it is.
    void send(int opcode, byte[] payload) throws IOException {
      boolean small = payload.length < 126;
      ByteBuffer frame = ByteBuffer.allocate(payload.length + (small ? 6 : 8));
      frame.put((byte) (0x80 | opcode)).put((byte) (0x80 | (small ? payload.length : 126)));
      if (!small) {
        frame.putShort((short) payload.length);
      }
      write(frame.putInt(0).put(payload).array());
    }

    void onReady(SelectionKey key) {
      try {
        if (key.isConnectable() && channel.finishConnect()) {
          key.interestOps(SelectionKey.OP_READ);
          upgrade();
        } else if (key.isReadable()) {
          read();
        }
      } catch (IOException _) {
        end();
      }
    }

    private void read() throws IOException {
      reading.clear();
      int read = channel.read(reading);
      if (read < 0) {
        end();
        return;
      }
      byte[] bytes = Arrays.copyOf(rest, rest.length + read);
      reading.flip().get(bytes, rest.length, read);
      int from = upgraded ? 0 : endOfUpgrade(bytes);
      rest = Arrays.copyOfRange(bytes, upgraded ? frames(bytes, from) : 0, bytes.length);
    }

    private int endOfUpgrade(byte[] bytes) throws IOException {
      String head = new String(bytes, StandardCharsets.ISO_8859_1);
      int end = head.indexOf("\r\n\r\n");
      if (end < 0) {
        return 0;
      }
      if (!head.startsWith("HTTP/1.1 101")) {
        throw new IOException("refused: " + head.lines().findFirst().orElse(""));
      }
      upgraded = true;
      note(Step.CONNECTED);
      return end + 4;
    }

    /// @return where the unfinished frame begins
    private int frames(byte[] bytes, int from) throws IOException {
      int at = from;
      while (bytes.length - at >= 2) {
        int length = bytes[at + 1] & 0x7f;
        int head = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (bytes.length - at < head) {
          break;
        }
        ByteBuffer extended = ByteBuffer.wrap(bytes, at + 2, head - 2);
        long size =
            length < 126
                ? length
                : length == 126 ? extended.getShort() & 0xffff : extended.getLong();
        if (bytes.length - at - head < size) {
          break;
        }
        onFrame(bytes[at] & 0xf, bytes, at + head, (int) size);
        at += head + (int) size;
      }
      return at;
    }

    private void onFrame(int opcode, byte[] bytes, int from, int length) throws IOException {
      if (opcode == PING) {
        send(PONG, Arrays.copyOfRange(bytes, from, from + length));
      } else if (opcode == TEXT && !startsWith(bytes, from, length, PASSED_OVER)) {
        onMessage(new JsonObject(new String(bytes, from, length, StandardCharsets.UTF_8)));
      }
    }

    private static boolean startsWith(byte[] bytes, int from, int length, byte[] start) {
      return length >= start.length
          && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }

    private void onMessage(JsonObject message) throws IOException {
      switch (message.getString("type")) {
        case "welcome" -> join();
        case "ok" -> onJoined(message);
        case "chat.message" -> position = Optional.of(positionOf(message));
        case "error" -> throw new IOException(message.encode());
        default -> {}
      }
    }

    private void join() throws IOException {
      note(Step.WELCOMED);
      JsonObject join =
          new JsonObject().put("type", "room.join").put("id", "join").put("room", room);
      position.ifPresent(known -> join.put("since", known.seq()).put("epoch", known.epoch()));
      say(join);
    }

    private void onJoined(JsonObject reply) {
      if (!"join".equals(reply.getString("id"))) {
        return;
      }
      if (position.isPresent() && !reply.getBoolean("recovered")) {
        notRecovered++;
      }
      position = position.or(() -> Optional.of(positionOf(reply)));
      failures = 0;
      note(Step.BACK);
      ready++;
    }

    private static Position positionOf(JsonObject message) {
      return new Position(message.getLong("seq"), message.getString("epoch"));
    }

    private void end() {
      try {
        channel.close();
      } catch (IOException _) {
        // It is gone all the same.
      }
      if (leaving) {
        gone++;
        return;
      }
      if (killedAt == 0) {
        throw new IllegalStateException("client " + number + " was closed before the kill");
      }
      note(Step.LOST);
      int most = Math.min(MOST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures++, 10));
      place = 1 + (number + failures) % (ports.size() - 1);
      long delay = (long) (random.nextDouble() * most * 1_000_000);
      attempts.add(new Attempt(System.nanoTime() + delay, this));
    }
  }
}
