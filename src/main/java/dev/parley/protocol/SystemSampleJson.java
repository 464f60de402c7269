package dev.parley.protocol;

import dev.parley.protocol.SystemSample.Cpu;
import dev.parley.protocol.SystemSample.Disk;
import dev.parley.protocol.SystemSample.Memory;
import dev.parley.protocol.SystemSample.Network;
import dev.parley.protocol.SystemSample.ServerProcess;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;

/// The JSON of a [SystemSample] and of [MetricsEvent]s.
public final class SystemSampleJson {
  static final String SAMPLE = "metrics.sample";

  private static final int MAX_CORES = 4_096;
  private static final int ANY = Integer.MAX_VALUE;

  private SystemSampleJson() {}

  /// Writes `data`, `node` and `timestamp` into the open object.
  public static void write(JsonWriter out, SystemSample sample) {
    write(out, sample, true);
  }

  /// The same for older clients, who know nothing of single cores.
  public static void writeShort(JsonWriter out, SystemSample sample) {
    write(out, sample, false);
  }

  private static void write(JsonWriter out, SystemSample sample, boolean perCore) {
    writeData(out.object("data"), sample, perCore);
    out.end().text("node", sample.node().value()).time("timestamp", sample.at());
  }

  private static void writeData(JsonWriter out, SystemSample sample, boolean perCore) {
    Cpu cpu = sample.cpu();
    out.object("cpu").number("percent", cpu.percent()).number("cores", cpu.cores());
    if (perCore) {
      numbers(out, "per_core", cpu.perCore());
    }
    numbers(out, "load_average", cpu.loadAverage());
    out.end();
    Memory memory = sample.memory();
    out.object("memory")
        .number("total", memory.total())
        .number("used", memory.used())
        .number("available", memory.available())
        .number("percent", memory.percent())
        .end();
    Disk disk = sample.disk();
    out.object("disk")
        .number("total", disk.total())
        .number("used", disk.used())
        .number("free", disk.free())
        .number("percent", disk.percent())
        .end();
    Network network = sample.network();
    out.object("network")
        .number("bytes_sent", network.bytesSent())
        .number("bytes_received", network.bytesReceived())
        .number("send_rate", network.sendRate())
        .number("receive_rate", network.receiveRate())
        .end();
    ServerProcess process = sample.process();
    out.object("process")
        .number("heap_used", process.heapUsed())
        .number("connections", process.connections())
        .number("uptime_seconds", process.uptimeSeconds())
        .end();
  }

  private static void numbers(JsonWriter out, String name, List<Double> values) {
    out.array(name);
    values.forEach(out::value);
    out.end();
  }

  static void write(JsonWriter out, MetricsEvent event) {
    switch (event) {
      case MetricsEvent.MetricsSampled(var sample) -> write(out.text("type", SAMPLE), sample);
    }
  }

  static MetricsEvent.MetricsSampled sampled(Fields in) {
    Fields data = in.fields("data");
    return new MetricsEvent.MetricsSampled(
        new SystemSample(
            cpu(data.fields("cpu")),
            memory(data.fields("memory")),
            disk(data.fields("disk")),
            network(data.fields("network")),
            process(data.fields("process")),
            new NodeId(in.anyText("node", ANY)),
            in.time("timestamp")));
  }

  private static Cpu cpu(Fields in) {
    return new Cpu(
        in.decimal("percent"),
        (int) size(in, "cores"),
        decimals(in, "per_core"),
        decimals(in, "load_average"));
  }

  private static List<Double> decimals(Fields in, String name) {
    return in.list(name, MAX_CORES, each -> each instanceof Number n ? n.doubleValue() : 0.0);
  }

  private static Memory memory(Fields in) {
    return new Memory(
        size(in, "total"), size(in, "used"), size(in, "available"), in.decimal("percent"));
  }

  private static Disk disk(Fields in) {
    return new Disk(size(in, "total"), size(in, "used"), size(in, "free"), in.decimal("percent"));
  }

  private static Network network(Fields in) {
    return new Network(
        size(in, "bytes_sent"),
        size(in, "bytes_received"),
        in.decimal("send_rate"),
        in.decimal("receive_rate"));
  }

  private static ServerProcess process(Fields in) {
    return new ServerProcess(
        size(in, "heap_used"), size(in, "connections"), size(in, "uptime_seconds"));
  }

  private static long size(Fields in, String name) {
    return in.number(name, 0, Long.MAX_VALUE);
  }
}
