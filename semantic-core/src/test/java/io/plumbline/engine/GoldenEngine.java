package io.plumbline.engine;

import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.GoldenCompany;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An engine over the golden company, for tests. */
public final class GoldenEngine implements AutoCloseable {

  /** Someone who may see everything. */
  static final Principal ADMIN = new Principal("admin", Set.of("admin"), Map.of());

  private final EmbeddedWarehouse postgres;
  private final Warehouse warehouse;
  private final SemanticEngine engine;

  GoldenEngine() throws Exception {
    DemoCompany company = new GoldenCompany();
    postgres = EmbeddedWarehouse.start(Optional.empty());
    company.loadInto(postgres, LoadOptions.SMALL, ProgressListener.SILENT);
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    warehouse =
        Warehouse.open(
            WarehouseSettings.of(
                postgres.jdbcUrl(), postgres.readerUser(), postgres.readerPassword()),
            compiler.types());
    SemanticModel model = DefinitionReader.withCanonical().read(company.definitions());
    engine =
        new SemanticEngine(
            warehouse,
            compiler,
            model,
            new OpenGovernor(),
            EngineDefaults.STANDARD.withAsOf(company.asOf()),
            Clock.systemUTC());
  }

  SemanticEngine engine() {
    return engine;
  }

  /** Rows of a query as text, columns joined by {@code |}. */
  List<String> rows(Session session, String sql) {
    PreparedQuery query = session.prepare(sql);
    List<String> result = new ArrayList<>();
    try (Rows rows = query.execution().start(List.of(), 0)) {
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

  private static String text(@Nullable Object value) {
    return value instanceof java.math.BigDecimal number
        ? number.setScale(4, java.math.RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }

  @Override
  public void close() {
    warehouse.close();
    postgres.close();
  }
}
