package io.plumbline.benchmarks.wire;

import io.plumbline.benchmarks.BenchmarkWarehouse;
import io.plumbline.benchmarks.ChildJvm;
import io.plumbline.benchmarks.Table;
import io.plumbline.benchmarks.WarehouseAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures large and small results over loopback HTTP, beside the baselines. */
@Command(
    name = "wire",
    mixinStandardHelpOptions = true,
    description = "Rows per second, first row, memory and small queries, with baselines.")
public final class WireRun implements Callable<Integer> {

  private static final String JSON = "JSON";
  private static final String PROTOBUF = "PROTOBUF";

  @Option(names = "--rows", description = "Of 8 columns. Default: ${DEFAULT-VALUE}.")
  private int rows = 1_000_000;

  @Option(names = "--reads", description = "Of the large table. Default: ${DEFAULT-VALUE}.")
  private int reads = 5;

  @Option(names = "--seconds", description = "Of small queries. Default: ${DEFAULT-VALUE}.")
  private int seconds = 5;

  @Option(names = "--clients", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> clients = List.of(1, 32);

  @Option(names = "--heap", description = "Of the server. Default: ${DEFAULT-VALUE}.")
  private String heap = "512m";

  @Option(names = "--stock-heap", description = "Of Avatica's own. Default: ${DEFAULT-VALUE}.")
  private String stockHeap = "4g";

  @Option(names = "--no-stock", description = "Leave out Avatica's own server.")
  private boolean withoutStock;

  @Option(names = "--no-small", description = "Large results only.")
  private boolean largeOnly;

  @Override
  public Integer call() throws Exception {
    try (BenchmarkWarehouse warehouse = BenchmarkWarehouse.start()) {
      System.out.println("# making " + rows + " rows");
      warehouse.createReadings(rows);
      try (Servers servers = new Servers()) {
        List<Target> targets = targets(warehouse.address(), servers);
        Table large = new LargeResults(rows, reads).of(targets);
        System.out.println("\nLarge results\n\n" + large);
        if (largeOnly) {
          return 0;
        }
        Table small = new SmallResults(clients, Duration.ofSeconds(seconds)).of(targets);
        System.out.println("\nSmall results\n\n" + small);
      }
    }
    return 0;
  }

  /** The processes, to be stopped together. */
  private static final class Servers implements AutoCloseable {
    private final List<ChildJvm> started = new ArrayList<>();

    ChildJvm add(ChildJvm server) {
      started.add(server);
      return server;
    }

    @Override
    public void close() throws IOException {
      for (ChildJvm server : started) {
        server.close();
      }
    }
  }

  private List<Target> targets(WarehouseAddress address, Servers servers) throws Exception {
    List<Target> targets = new ArrayList<>();
    targets.add(Target.direct(address));
    ChildJvm own = servers.add(ServedEngine.start(address, heap));
    String url = own.told("url");
    for (String serialization : List.of(JSON, PROTOBUF)) {
      targets.add(Target.plumbline(own, url, serialization));
    }
    if (!withoutStock) {
      for (String serialization : List.of(JSON, PROTOBUF)) {
        ChildJvm stock = servers.add(StockServers.built().start(address, serialization, stockHeap));
        targets.add(Target.stock(stock, serialization, address));
      }
    }
    return targets;
  }
}
