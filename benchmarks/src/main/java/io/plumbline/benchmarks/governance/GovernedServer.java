package io.plumbline.benchmarks.governance;

import io.plumbline.benchmarks.BenchmarkAudit;
import io.plumbline.benchmarks.BenchmarkEngine;
import io.plumbline.benchmarks.ChildJvm;
import io.plumbline.benchmarks.WarehouseAddress;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.masking.MaskSecret;
import io.plumbline.masking.PolicyGovernor;
import io.plumbline.masking.PolicyReader;
import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.wire.SessionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The measured server, in a process of its own, with a user for each role. */
final class GovernedServer {

  /** Of whom nothing is withheld. */
  static final String OPEN = "open";

  static final List<String> GOVERNED = List.of("by_column", "by_entitlement");

  private static final int CONNECTIONS = 4;

  private GovernedServer() {}

  /** Starts the process. */
  static ChildJvm start(WarehouseAddress address) throws IOException {
    List<String> options = new ArrayList<>(address.jvmOptions());
    options.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    return ChildJvm.start(options, GovernedServer.class, List.of());
  }

  /** Serves until standard input ends. */
  public static void main(String[] arguments) throws Exception {
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    Warehouse warehouse =
        Warehouse.open(WarehouseAddress.given().settings(CONNECTIONS), compiler.types());
    SemanticModel model =
        DefinitionReader.withCanonical()
            .read(List.of(new DefinitionFile("governance.yaml", resource("definitions.yaml"))));
    PolicyGovernor governor =
        new PolicyGovernor(
            new PolicyReader().read("policy.yaml", resource("policy.yaml")), MaskSecret.random());
    try (BenchmarkAudit audit = BenchmarkAudit.open();
        BenchmarkEngine engine =
            BenchmarkEngine.over(warehouse, compiler, model, governor, LocalDate.of(2025, 1, 31));
        PlumblineServer server =
            PlumblineServer.start(
                ServerSettings.loopback(0),
                SessionFactory.of(engine.engine()::open),
                new Authenticator(new Users(users())),
                audit.log(),
                () -> true)) {
      System.out.println("url " + server.url());
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private static List<User> users() {
    return Stream.concat(Stream.of(OPEN), GOVERNED.stream()).map(GovernedServer::user).toList();
  }

  /** The password is the name; the server listens to this machine only. */
  private static User user(String role) {
    return new User(role, PasswordHash.of(role), Set.of(role), Map.of("team", "north"));
  }

  static String resource(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(
            GovernedServer.class.getResourceAsStream("/governance/" + name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
