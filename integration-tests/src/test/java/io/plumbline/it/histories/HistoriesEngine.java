package io.plumbline.it.histories;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.PreparedQuery;
import io.plumbline.engine.Principal;
import io.plumbline.engine.Rows;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.Session;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.MaskSecret;
import io.plumbline.masking.PolicyException;
import io.plumbline.masking.PolicyGovernor;
import io.plumbline.masking.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** An engine over a world, in a PostgreSQL of its own. */
final class HistoriesEngine implements AutoCloseable {

  private static final Principal READER = new Principal("reader", Set.of("reader"), Map.of());
  private static final String POLICY =
      """
      roles: [reader]
      self_service:
        - {role: reader, allowed_schemas: [ALL]}
      """;

  private final EmbeddedWarehouse postgres;
  private final Warehouse warehouse;
  private final SemanticEngine engine;

  private HistoriesEngine(EmbeddedWarehouse postgres) throws DefinitionException, PolicyException {
    this.postgres = postgres;
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    this.warehouse = Warehouse.open(settings(postgres), compiler.types());
    this.engine =
        new SemanticEngine(
            warehouse,
            List.of(),
            compiler,
            DefinitionReader.withCanonical()
                .read(List.of(new DefinitionFile("histories.yaml", resource("histories.yaml")))),
            new PolicyGovernor(new PolicyReader().read("policy.yaml", POLICY), MaskSecret.random()),
            EngineDefaults.STANDARD.withAsOf(World.AS_OF),
            Clock.systemUTC());
  }

  static HistoriesEngine over(World world)
      throws SQLException, DefinitionException, PolicyException {
    EmbeddedWarehouse postgres = EmbeddedWarehouse.start(Optional.empty());
    try {
      WorldTables.load(world, postgres);
      return new HistoriesEngine(postgres);
    } catch (SQLException | DefinitionException | PolicyException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private static WarehouseSettings settings(EmbeddedWarehouse postgres) {
    return new WarehouseSettings(
        postgres.jdbcUrl(),
        postgres.readerUser(),
        postgres.readerPassword(),
        2,
        Duration.ofSeconds(10),
        Duration.ZERO);
  }

  static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(
            HistoriesEngine.class.getResourceAsStream("/histories/" + name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values of a question's metrics, empty for null, by the question's keys. */
  Map<List<String>, List<Optional<BigDecimal>>> answer(Question question) {
    try (Session session = engine.open(READER)) {
      session.set("time_zone", question.zone().getId());
      question.knownAt().ifPresent(k -> session.set("known_at", k.toString()));
      PreparedQuery query = session.prepare(question.sql());
      try (Rows rows = query.execution().start(List.of(), 0)) {
        return read(rows, question.keys().size(), question.metrics().size());
      }
    }
  }

  private static Map<List<String>, List<Optional<BigDecimal>>> read(
      Rows rows, int keys, int metrics) {
    Map<List<String>, List<Optional<BigDecimal>>> cells = new HashMap<>();
    while (rows.next()) {
      List<String> key = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        key.add(String.valueOf(rows.objectAt(i)));
      }
      List<Optional<BigDecimal>> values = new ArrayList<>();
      for (int i = keys; i < keys + metrics; i++) {
        values.add(Optional.ofNullable(rows.objectAt(i)).map(v -> new BigDecimal(v.toString())));
      }
      if (cells.put(key, values) != null) {
        throw new AssertionError("Two rows for " + key);
      }
    }
    return cells;
  }

  @Override
  public void close() {
    warehouse.close();
    postgres.close();
  }
}
