package io.plumbline.benchmarks.wire;

import io.plumbline.benchmarks.BenchmarkAudit;
import io.plumbline.benchmarks.BenchmarkEngine;
import io.plumbline.benchmarks.ChildJvm;
import io.plumbline.benchmarks.WarehouseAddress;
import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.wire.SessionFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The measured server, in a process of its own. */
final class ServedEngine {

  /** The password of {@link BenchmarkEngine#USER}, who may log in from this machine only. */
  static final String PASSWORD = "benchmark";

  private static final int METRICS = 8;
  private static final int CONNECTIONS = 10;

  private ServedEngine() {}

  /** Starts the process. */
  static ChildJvm start(WarehouseAddress address, String heap) throws IOException {
    List<String> options = new ArrayList<>(address.jvmOptions());
    options.add("-Xmx" + heap);
    return ChildJvm.start(options, ServedEngine.class, List.of());
  }

  /** Serves until standard input ends. */
  public static void main(String[] arguments) throws Exception {
    User user =
        new User(
            BenchmarkEngine.USER,
            PasswordHash.of(PASSWORD),
            Set.of(BenchmarkEngine.USER),
            Map.of());
    try (BenchmarkAudit audit = BenchmarkAudit.open();
        BenchmarkEngine engine =
            BenchmarkEngine.open(WarehouseAddress.given(), METRICS, CONNECTIONS);
        PlumblineServer server =
            PlumblineServer.start(
                ServerSettings.loopback(0),
                SessionFactory.of(engine.engine()::open),
                new Authenticator(new Users(List.of(user))),
                audit.log(),
                () -> true)) {
      System.out.println("url " + server.url());
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
