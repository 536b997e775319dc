package io.plumbline.benchmarks;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.demo.GoldenCompany;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.Governor;
import io.plumbline.engine.Principal;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.Session;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.masking.MaskSecret;
import io.plumbline.masking.PolicyException;
import io.plumbline.masking.PolicyGovernor;
import io.plumbline.masking.PolicyReader;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An engine over the golden company, with as many metrics as asked for. */
public final class BenchmarkEngine implements AutoCloseable {

  /** Who asks. */
  public static final String USER = "analyst";

  private static final Principal ANALYST = new Principal(USER, Set.of(USER), Map.of());
  private static final String POLICY =
      """
      roles: [analyst]
      self_service:
        - {role: analyst, allowed_schemas: [ALL]}
      physical_plan: [analyst]
      """;

  private final Warehouse warehouse;
  private final SemanticEngine engine;

  private BenchmarkEngine(Warehouse warehouse, SemanticEngine engine) {
    this.warehouse = warehouse;
    this.engine = engine;
  }

  /**
   * Connects to the warehouse and compiles the definitions.
   *
   * @param metrics how many there are, at least the canonical ones
   * @param connections to the warehouse, at most
   */
  public static BenchmarkEngine open(WarehouseAddress address, int metrics, int connections)
      throws DefinitionException, PolicyException {
    return open(address, model(metrics), new GoldenCompany().asOf(), connections);
  }

  /** Over other tables. */
  public static BenchmarkEngine over(
      WarehouseAddress address, List<DefinitionFile> definitions, LocalDate asOf)
      throws DefinitionException, PolicyException {
    return open(address, DefinitionReader.withCanonical().read(definitions), asOf, 2);
  }

  private static BenchmarkEngine open(
      WarehouseAddress address, SemanticModel model, LocalDate asOf, int connections)
      throws DefinitionException, PolicyException {
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    Warehouse warehouse = Warehouse.open(address.settings(connections), compiler.types());
    return over(warehouse, compiler, model, asOf);
  }

  /** Over a warehouse that it closes, for someone who may see everything. */
  public static BenchmarkEngine over(
      Warehouse warehouse, QueryCompiler compiler, SemanticModel model, LocalDate asOf)
      throws DefinitionException, PolicyException {
    PolicyGovernor governor =
        new PolicyGovernor(new PolicyReader().read("policy.yaml", POLICY), MaskSecret.random());
    return over(warehouse, compiler, model, governor, asOf);
  }

  /** Over a warehouse that it closes. */
  public static BenchmarkEngine over(
      Warehouse warehouse,
      QueryCompiler compiler,
      SemanticModel model,
      Governor governor,
      LocalDate asOf)
      throws DefinitionException {
    return new BenchmarkEngine(
        warehouse,
        new SemanticEngine(
            warehouse,
            List.of(),
            compiler,
            model,
            governor,
            EngineDefaults.STANDARD.withAsOf(asOf),
            Clock.systemUTC()));
  }

  /** The canonical metrics over the golden company, and generated ones up to the number. */
  public static SemanticModel model(int metrics) throws DefinitionException {
    List<DefinitionFile> files = new ArrayList<>(new GoldenCompany().definitions());
    int canonical = DefinitionReader.withCanonical().read(files).metrics().size();
    if (metrics > canonical) {
      files.add(GeneratedMetrics.file(metrics - canonical));
    }
    return DefinitionReader.withCanonical().read(files);
  }

  public SemanticEngine engine() {
    return engine;
  }

  /** A session of someone who may see everything. */
  public Session session() {
    return engine.open(ANALYST);
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
