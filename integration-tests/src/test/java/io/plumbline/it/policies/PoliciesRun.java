package io.plumbline.it.policies;

import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.Rows;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.Session;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.MaskSecret;
import io.plumbline.masking.Policies;
import io.plumbline.masking.PolicyCheck;
import io.plumbline.masking.PolicyGovernor;
import io.plumbline.masking.PolicyReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Asks random queries under random policies, and the same of a copy of the data in which mask and
 * filter came first.
 */
final class PoliciesRun implements AutoCloseable {

  private static final String SECRET = "a secret of the test";

  private final EmbeddedWarehouse postgres;
  private final Warehouse warehouse;
  private final QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
  private final SemanticModel model;
  private int asked;
  private int changed;
  private int failed;

  private PoliciesRun(EmbeddedWarehouse postgres) throws Exception {
    this.postgres = postgres;
    this.warehouse =
        Warehouse.open(
            new WarehouseSettings(
                postgres.jdbcUrl(),
                postgres.readerUser(),
                postgres.readerPassword(),
                2,
                Duration.ofSeconds(10),
                Duration.ZERO),
            compiler.types());
    this.model =
        DefinitionReader.withoutCanonical()
            .read(List.of(new DefinitionFile("none.yaml", "version: 1\n")));
  }

  static PoliciesRun start() throws Exception {
    EmbeddedWarehouse postgres = EmbeddedWarehouse.start(Optional.empty());
    try {
      execute(postgres, People.statements());
      postgres.publish(List.of("src", "copy"));
      return new PoliciesRun(postgres);
    } catch (Exception e) {
      postgres.close();
      throw e;
    }
  }

  static void execute(EmbeddedWarehouse postgres, List<String> statements) throws SQLException {
    try (Connection owner = postgres.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("set time zone 'UTC'");
      for (String sql : statements) {
        statement.execute(sql);
      }
      if (!owner.getAutoCommit()) {
        owner.commit();
      }
    }
  }

  /** The first difference, if there is one. */
  Optional<String> difference(long firstSeed, int policies, int queries) throws Exception {
    for (long seed = firstSeed; seed < firstSeed + policies; seed++) {
      Optional<String> difference = difference(seed, queries);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(long seed, int queries) throws Exception {
    RandomPolicy random = new RandomPolicy(seed);
    execute(postgres, random.copies(SECRET));
    Policies policies = new PolicyReader().read("policy.yaml", random.yaml());
    var problems = new PolicyCheck(policies, model, warehouse.catalog(), compiler).problems();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems + "\n" + random.yaml());
    }
    SemanticEngine engine =
        new SemanticEngine(
            warehouse,
            List.of(),
            compiler,
            model,
            new PolicyGovernor(policies, new MaskSecret(SECRET)),
            EngineDefaults.STANDARD,
            Clock.systemUTC());
    Principal reader = new Principal("reader", random.roles(), Map.of("email", RandomPolicy.EMAIL));
    Principal open = new Principal("reader", Set.of("open"), Map.of("email", RandomPolicy.EMAIL));
    RandomQuery query = new RandomQuery(new Random(seed));
    try (Session governed = engine.open(reader);
        Session free = engine.open(open)) {
      for (int i = 0; i < queries; i++) {
        String sql = query.next();
        String all = answer(free, sql.replace("{s}", "src"));
        String wanted = answer(free, sql.replace("{s}", "copy"));
        String got = answer(governed, sql.replace("{s}", "src"));
        asked++;
        changed += all.equals(wanted) ? 0 : 1;
        failed += wanted.startsWith("error") ? 1 : 0;
        if (!got.equals(wanted)) {
          return Optional.of(
              "seed %d: %s%n  got    %s%n  wanted %s%n%s"
                  .formatted(seed, sql, got, wanted, random.yaml()));
        }
      }
    }
    return Optional.empty();
  }

  /** Rows as sorted text, or the class of the error. */
  static String answer(Session session, String sql) {
    try (Rows rows = session.prepare(sql).execution().start(List.of(), 0)) {
      int columns = session.prepare(sql).columns().size();
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
          row.add(text(rows.objectAt(i)));
        }
        texts.add(row.toString());
      }
      return texts.stream().sorted().toList().toString();
    } catch (QueryException e) {
      return "error " + e.state();
    }
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }

  /** Queries that were asked, by whether the policy changed their answer or it is an error. */
  record Tally(int asked, int changed, int failed) {}

  Tally tally() {
    return new Tally(asked, changed, failed);
  }

  @Override
  public void close() {
    warehouse.close();
    postgres.close();
  }
}
