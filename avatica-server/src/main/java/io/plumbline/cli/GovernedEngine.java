package io.plumbline.cli;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.Problem;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.LiveTable;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.MaskSecret;
import io.plumbline.masking.PolicyGovernor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** An engine over its warehouse, under rules that fit it. */
record GovernedEngine(
    Warehouse warehouse, SemanticEngine engine, QueryCompiler compiler, MaskSecret secret)
    implements AutoCloseable {

  /**
   * The engine of a server's configuration without the server, and so without tables of what the
   * server does.
   *
   * @throws ProblemsException with all problems of definitions, policy and users
   */
  static GovernedEngine open(ServerConfiguration configuration, Rulebook rules)
      throws ProblemsException {
    return open(
        configuration.warehouse(),
        List.of(),
        rules,
        configuration.defaults(),
        configuration.maskKey());
  }

  /**
   * Connects to the warehouse and checks the rules against it.
   *
   * @param live tables beside those of the warehouse
   * @param secret keys the hashes of masks
   * @throws ProblemsException with all problems of definitions, policy and users
   * @throws io.plumbline.engine.QueryException if the warehouse can't be reached
   */
  static GovernedEngine open(
      WarehouseSettings settings,
      List<LiveTable> live,
      Rulebook rules,
      EngineDefaults defaults,
      MaskSecret secret)
      throws ProblemsException {
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    Warehouse warehouse = Warehouse.open(settings, compiler.types());
    try {
      List<Problem> problems = RuleCheck.problems(rules, warehouse.catalog(), compiler);
      SemanticEngine engine =
          checked(
              problems,
              () ->
                  new SemanticEngine(
                      warehouse,
                      live,
                      compiler,
                      rules.model(),
                      new PolicyGovernor(rules.policies(), secret),
                      defaults,
                      Clock.systemUTC()));
      return new GovernedEngine(warehouse, engine, compiler, secret);
    } catch (ProblemsException | RuntimeException e) {
      warehouse.close();
      throw e;
    }
  }

  /**
   * Brings other rules into force, all or nothing, for statements prepared from now on.
   *
   * @throws ProblemsException if they do not fit the warehouse; the old rules stay
   */
  void reload(Rulebook rules) throws ProblemsException {
    List<Problem> problems = RuleCheck.problems(rules, warehouse.catalog(), compiler);
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    checked(
        problems,
        () -> {
          engine.reload(rules.model(), new PolicyGovernor(rules.policies(), secret));
          return engine;
        });
  }

  private interface Compilation {
    SemanticEngine compile() throws DefinitionException;
  }

  /** The engine, unless it or something before it has problems: then all of them together. */
  private static SemanticEngine checked(List<Problem> before, Compilation compilation)
      throws ProblemsException {
    List<Problem> problems = new ArrayList<>(before);
    try {
      SemanticEngine engine = compilation.compile();
      if (problems.isEmpty()) {
        return engine;
      }
    } catch (DefinitionException e) {
      problems.addAll(e.problems());
    }
    throw new ProblemsException(problems);
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
