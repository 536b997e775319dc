package io.plumbline.engine;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An engine over some definitions, and short ways to ask it. */
public class TestEngine implements AutoCloseable {

  /** Someone who may see everything. */
  public static final Principal ADMIN = new Principal("admin", Set.of("admin"), Map.of());

  private final Warehouse warehouse;
  private final SemanticEngine engine;

  TestEngine(
      TestWarehouse postgres, List<DefinitionFile> files, LocalDate asOf, Governor governor) {
    this(
        postgres,
        files,
        EngineDefaults.STANDARD.withAsOf(asOf),
        governor,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  TestEngine(
      TestWarehouse postgres,
      List<DefinitionFile> files,
      EngineDefaults defaults,
      Governor governor,
      Clock clock) {
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    warehouse =
        Warehouse.open(
            WarehouseSettings.of(
                postgres.postgres().jdbcUrl(),
                postgres.postgres().readerUser(),
                postgres.postgres().readerPassword()),
            compiler.types());
    try {
      engine =
          new SemanticEngine(
              warehouse,
              List.of(),
              compiler,
              DefinitionReader.withCanonical().read(files),
              governor,
              defaults,
              clock);
    } catch (DefinitionException | RuntimeException e) {
      warehouse.close();
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  public SemanticEngine engine() {
    return engine;
  }

  /** The rows of a query of the admin, after settings such as {@code as_of=2026-02-15}. */
  public List<String> rows(String sql, String... settings) {
    try (Session session = session(settings)) {
      return rows(session, sql);
    }
  }

  /** The rows of a query as text, columns joined by {@code |}, numbers rounded to 4 decimals. */
  public static List<String> rows(Session session, String sql, @Nullable Object... parameters) {
    return rows(session.prepare(sql), 0, parameters);
  }

  /** The rows of a prepared query. */
  public static List<String> rows(
      PreparedQuery query, long maxRows, @Nullable Object... parameters) {
    List<String> result = new ArrayList<>();
    try (Rows rows = query.execution().start(Arrays.asList(parameters), maxRows)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
          row.add(rows.isNull(i) ? "null" : text(rows.objectAt(i)));
        }
        result.add(String.join("|", row));
      }
    }
    return result;
  }

  /** The error of a query of the admin that is refused. */
  public QueryException refusal(String sql, String... settings) {
    try (Session session = session(settings)) {
      return refusal(session, sql);
    }
  }

  /** The error of a query that is refused. */
  public static QueryException refusal(Session session, String sql, @Nullable Object... values) {
    return Objects.requireNonNull(
        catchThrowableOfType(QueryException.class, () -> rows(session, sql, values)),
        () -> "not refused: " + sql);
  }

  /** A session of the admin after settings such as {@code as_of=2026-02-15}. */
  public Session session(String... settings) {
    Session session = engine.open(ADMIN);
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      session.set(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return session;
  }

  private static String text(@Nullable Object value) {
    return value instanceof BigDecimal number
        ? number.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
