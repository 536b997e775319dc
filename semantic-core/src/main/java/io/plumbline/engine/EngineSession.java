package io.plumbline.engine;

import io.plumbline.engine.SemanticEngine.PlanKey;
import io.plumbline.engine.SemanticEngine.State;
import io.plumbline.engine.about.AboutCatalog;
import io.plumbline.engine.about.Listings;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.plan.PlannedQuery;
import io.plumbline.engine.sql.Statement;
import io.plumbline.engine.templates.VisibleTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.calcite.schema.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session of the engine. */
final class EngineSession implements Session {

  private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);

  private static final String SCOPE =
      "select detail from catalog.my_access where kind = 'scope' order by rule";

  private final SemanticEngine engine;
  private final Principal principal;
  private volatile SessionSettings settings;
  private volatile @Nullable VisibleState visible;
  private volatile RunningStatements running = (query, mayEnd) -> false;

  /** What the principal sees of a state of the engine. */
  private record VisibleState(State state, VisibleCatalog catalog, VisibleTemplates templates) {

    static VisibleState of(State state, VisibleCatalog catalog) {
      VisibleTemplates templates = new VisibleTemplates(state.templates(), catalog);
      AboutCatalog about =
          new AboutCatalog(catalog, templates.tables(), state.model(), state.lineage());
      return new VisibleState(state, about.added(), templates);
    }
  }

  EngineSession(SemanticEngine engine, Principal principal) {
    this.engine = engine;
    this.principal = principal;
    this.settings = engine.initialSettings();
  }

  @Override
  public Principal principal() {
    return principal;
  }

  @Override
  public PreparedQuery prepare(String sql) {
    try {
      VisibleState current = visible();
      PlanKey key = key(sql, current.state());
      PlannedQuery cached = engine.plans().getIfPresent(key);
      return cached == null ? prepare(sql, key, current) : query(sql, cached, key.settings());
    } catch (QueryException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw internal(sql, e);
    }
  }

  private PlanKey key(String sql, State state) {
    return new PlanKey(
        sql,
        principal,
        settings(),
        state.model().definition().version(),
        state.governor().version(),
        state.tables().version());
  }

  private PreparedQuery prepare(String sql, PlanKey key, VisibleState current) {
    Statement statement = engine.parser().parse(sql);
    if (statement instanceof Statement.Query query) {
      PlannedQuery planned = plan(query, key.settings(), current, Optional.empty()).toKeep();
      engine.plans().put(key, planned);
      return query(sql, planned, key.settings());
    }
    if (statement instanceof Statement.Explain explain) {
      Statement.Query query = new Statement.Query(explain.query());
      PlannedQuery planned = plan(query, key.settings(), current, Optional.empty());
      return TextResult.of(sql, "plan", explained(planned, current.state()), planned.facts());
    }
    if (statement instanceof Statement.Set set) {
      return TextResult.effect(sql, () -> set(set.name(), set.value()));
    }
    if (statement instanceof Statement.Show show) {
      return shown(sql, show.name());
    }
    if (statement instanceof Statement.Kill kill) {
      return TextResult.effect(sql, () -> end(kill.query()));
    }
    if (statement instanceof Statement.Listing listing) {
      Listings.Listed listed = new Listings(current.catalog()).of(listing);
      return TextResult.table(sql, listed.columns(), listed.rows());
    }
    return TextResult.effect(sql, () -> {});
  }

  private PlannedQuery plan(
      Statement.Query query,
      SessionSettings under,
      VisibleState current,
      Optional<List<@Nullable Object>> values) {
    VisibleTemplates.Expanded expanded = current.templates().expanded(query.node());
    return current
        .state()
        .planner()
        .plan(expanded.query(), principal, under, current.catalog(), values)
        .calling(expanded.called());
  }

  private PlannedQuery planWith(String sql, SessionSettings under, List<@Nullable Object> values) {
    Statement.Query query = (Statement.Query) engine.parser().parse(sql);
    return plan(query, under, visible(), Optional.of(values));
  }

  private PreparedQuery query(String sql, PlannedQuery planned, SessionSettings under) {
    return new EngineQuery(
        sql,
        planned,
        engine.warehouse(),
        engine.admission(principal),
        this::rows,
        values -> planWith(sql, under, values),
        error -> internal(sql, error));
  }

  private List<List<@Nullable String>> rows(LiveTable table) {
    VisibleState current = visible();
    VisibleCatalog catalog = current.catalog();
    return table.rows(
        new LiveTable.Reader(
            principal, current.state().governor(), catalog::hasTable, catalog.isWhole()));
  }

  /** The catalog as seen now; made again after a change of model, tables or policies. */
  private VisibleState visible() {
    State state = engine.state();
    VisibleState known = visible;
    if (known == null || known.state() != state) {
      known = VisibleState.of(state, engine.catalogOf(principal, state));
      visible = known;
    }
    return known;
  }

  private static QueryException internal(String sql, Throwable error) {
    String id = UUID.randomUUID().toString().substring(0, 8);
    LOG.error("internal error {} in: {}", id, sql, error);
    if (error instanceof StackOverflowError) {
      return new QueryException(
          SqlState.TOO_MANY, "the statement is nested too deeply. Take it apart");
    }
    return new QueryException(
        SqlState.INTERNAL, "internal error " + id + "; the server's log tells more");
  }

  // ---- explain, set, kill, show ----

  private List<String> explained(PlannedQuery planned, State state) {
    List<String> lines = new ArrayList<>();
    lines.add("definitions " + state.model().definition().version());
    lines.add("logical plan");
    planned.logicalPlan().lines().forEach(line -> lines.add("  " + line));
    lines.add("policies applied");
    if (planned.applied().isEmpty()) {
      lines.add("  none");
    }
    planned.applied().forEach(rule -> lines.add("  " + rule));
    scope(planned).forEach(line -> lines.add("scope: " + line));
    if (state.governor().maySeePhysicalPlan(principal)) {
      lines.add("statement of the warehouse");
      lines.add(
          planned
              .statement()
              .map(s -> "  " + s.sql())
              .orElse("  depends on the values of parameters"));
    }
    return lines;
  }

  /** Which entities the numbers cover, counted now, where a row filter is in the plan. */
  private List<String> scope(PlannedQuery planned) {
    boolean limited =
        visible().state().governor().access(principal).scopes().stream()
            .flatMap(scope -> scope.filters().stream())
            .anyMatch(planned.applied()::contains);
    List<String> lines = new ArrayList<>();
    if (limited) {
      try (Rows rows = prepare(SCOPE).execution().start(List.of(), 0)) {
        while (rows.next()) {
          lines.add(rows.textAt(0));
        }
      }
    }
    return lines;
  }

  private SessionSettings settings() {
    return engine.today(settings);
  }

  @Override
  public void set(String name, String value) {
    settings = SettingChanges.set(settings, engine.initialSettings(), name, value);
  }

  @Override
  public void endStatementsThrough(RunningStatements statements) {
    running = statements;
  }

  /** That of another is as little known as one that is none to those who may not end it. */
  private void end(long query) {
    boolean any = engine.state().governor().mayEndStatements(principal);
    if (!running.end(query, by -> any || by.name().equals(principal.name()))) {
      throw new QueryException(
          SqlState.INVALID_PARAMETER,
          "no statement "
              + query
              + " runs that you may end. Unfinished ones stand in analytics.query_audit_log");
    }
  }

  private PreparedQuery shown(String sql, String name) {
    Map<String, String> values = SettingChanges.values(settings());
    if (name.equals("all")) {
      List<String> lines = new ArrayList<>();
      values.forEach((key, value) -> lines.add(key + " = " + value));
      return TextResult.of(sql, "settings", lines);
    }
    String key = name.equals("timezone") ? "time_zone" : name;
    String value =
        name.equals("search_path") ? String.join(", ", VisibleCatalog.PATH) : values.get(key);
    if (value == null) {
      throw SettingChanges.unknown(name);
    }
    return TextResult.of(sql, name, List.of(value));
  }

  // ---- metadata ----

  @Override
  public List<TableInfo> tables() {
    List<TableInfo> tables = new ArrayList<>();
    new TreeMap<>(visible().catalog().schemas())
        .forEach(
            (schema, byName) ->
                new TreeMap<String, Table>(byName)
                    .forEach(
                        (name, table) -> tables.add(TableDescription.of(schema, name, table))));
    return tables;
  }

  @Override
  public void close() {}
}
