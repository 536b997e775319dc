package io.plumbline.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.Problem;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.Lineage;
import io.plumbline.engine.catalog.ModelCompiler;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.plan.DatasetLineage;
import io.plumbline.engine.plan.DeclaredKeys;
import io.plumbline.engine.plan.PlanLineage;
import io.plumbline.engine.plan.PlannedQuery;
import io.plumbline.engine.plan.QueryPlanner;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.sql.StatementParser;
import io.plumbline.engine.templates.TemplateLibrary;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/**
 * Answers SQL over a semantic model and the tables of a warehouse, for principals under a governor.
 * A new model or a fresh catalog comes into force as a whole, for statements prepared after it.
 */
public final class SemanticEngine {

  /** Bytes of plans that are kept; nearly all text has a byte a character. */
  private static final long MOST_KEPT = 64 << 20;

  private static final int BESIDE_TEXT = 4_000;

  private final Warehouse warehouse;
  private final List<LiveTable> live;
  private final EngineDefaults defaults;
  private final Clock clock;
  private final QueryCompiler compiler;
  private final StatementParser parser = new StatementParser();
  private final Cache<PlanKey, PlannedQuery> plans =
      Caffeine.newBuilder()
          .maximumWeight(MOST_KEPT)
          .weigher(
              (PlanKey key, PlannedQuery plan) ->
                  BESIDE_TEXT + key.sql().length() + plan.characters())
          .build();
  private final QuerySlots slots = new QuerySlots();
  private final Deadlines deadlines = new Deadlines();
  private volatile State state;

  /** What statements are planned against. */
  record State(
      CompiledModel model,
      WarehouseCatalog tables,
      Governor governor,
      QueryPlanner planner,
      Lineage lineage,
      TemplateLibrary templates) {}

  /** Everything that a plan depends on. */
  record PlanKey(
      String sql,
      Principal principal,
      SessionSettings settings,
      String modelVersion,
      String policyVersion,
      String catalogVersion) {}

  /**
   * @param live tables beside those of the warehouse
   * @throws DefinitionException if the model does not fit the warehouse, with every problem
   */
  public SemanticEngine(
      Warehouse warehouse,
      List<LiveTable> live,
      QueryCompiler compiler,
      SemanticModel model,
      Governor governor,
      EngineDefaults defaults,
      Clock clock)
      throws DefinitionException {
    this.warehouse = warehouse;
    this.live = List.copyOf(live);
    this.compiler = compiler;
    this.defaults = defaults;
    this.clock = clock;
    Objects.requireNonNull(governor, "an engine without a governor");
    this.state = compile(model, governor, warehouse.catalog());
  }

  /** Opens a session; the caller has authenticated the principal. */
  public Session open(Principal principal) {
    return new EngineSession(this, principal);
  }

  /** Whether the principal is a service account that asks for others, with their rights. */
  public boolean mayActForOthers(Principal principal) {
    return state.governor().mayActForOthers(principal);
  }

  /**
   * Brings another model into force; on problems the old one stays.
   *
   * @throws DefinitionException with every problem
   */
  public void reload(SemanticModel model) throws DefinitionException {
    reload(model, state.governor());
  }

  /**
   * Brings another model and other policies into force together; on problems the old ones stay.
   *
   * @throws DefinitionException with every problem
   */
  public void reload(SemanticModel model, Governor governor) throws DefinitionException {
    this.state = compile(model, governor, warehouse.catalog());
  }

  /**
   * Reads the data behind the model: each key that definitions declare and rows repeat is a
   * problem. Tells counts only, no values.
   */
  public List<Problem> dataProblems() {
    State current = state;
    return new DeclaredKeys(compiler, warehouse, current.tables(), current.model())
        .problems(initialSettings());
  }

  /** Reads the tables of the warehouse again. */
  public void refresh() throws DefinitionException {
    warehouse.refresh();
    State current = state;
    this.state = compile(current.model().definition(), current.governor(), warehouse.catalog());
  }

  private State compile(SemanticModel model, Governor governor, WarehouseCatalog stored)
      throws DefinitionException {
    WarehouseCatalog readable = MaskedColumns.nullable(stored, governor, compiler.types());
    CompiledModel compiled = new ModelCompiler(compiler, parser).compile(model, readable);
    WarehouseCatalog tables = DeclaredTableKeys.added(readable, compiled, governor);
    DatasetLineage datasets = DatasetLineage.of(compiled, tables, compiler);
    QueryPlanner planner =
        new QueryPlanner(compiler, warehouse, tables, compiled, governor, datasets);
    SessionSettings settings = defaults.settings(clock);
    new ViewCheck(planner, settings).check(compiled);
    TemplateLibrary templates =
        TemplateLibrary.of(
            model.templates(),
            compiler,
            query -> planner.checkQuery(query, settings),
            settings.asOf());
    PlanLineage lineage = new PlanLineage(planner, datasets, settings);
    return new State(compiled, tables, governor, planner, lineage, templates);
  }

  // ---- for sessions ----

  State state() {
    return state;
  }

  Warehouse warehouse() {
    return warehouse;
  }

  StatementParser parser() {
    return parser;
  }

  Cache<PlanKey, PlannedQuery> plans() {
    return plans;
  }

  /** How a principal's statements come to run. */
  Admission admission(Principal principal) {
    return new Admission(state.governor().limits(principal), principal.roles(), slots, deadlines);
  }

  SessionSettings initialSettings() {
    return defaults.settings(clock);
  }

  SessionSettings today(SessionSettings settings) {
    return settings.today(clock, defaults.today(clock));
  }

  VisibleCatalog catalogOf(Principal principal, State current) {
    return VisibleCatalog.of(
        current.tables(), current.model(), live, current.governor(), principal, current.lineage());
  }
}
