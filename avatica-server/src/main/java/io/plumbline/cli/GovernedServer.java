package io.plumbline.cli;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.Principal;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.Session;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.PolicyGovernor;
import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import java.time.Clock;
import java.util.Map;

/** The parts of a running server, from the pool of the warehouse to the port. */
final class GovernedServer implements AutoCloseable {

  private final Warehouse warehouse;
  private final SemanticEngine engine;
  private final Authenticator authenticator;
  private final PlumblineServer server;

  private GovernedServer(
      Warehouse warehouse,
      SemanticEngine engine,
      Authenticator authenticator,
      PlumblineServer server) {
    this.warehouse = warehouse;
    this.engine = engine;
    this.authenticator = authenticator;
    this.server = server;
  }

  /**
   * Connects to the warehouse, checks the rules against it, and opens the port.
   *
   * @throws DefinitionException if the definitions do not fit the warehouse, with every problem
   * @throws io.plumbline.engine.QueryException if the warehouse can't be reached
   * @throws io.plumbline.server.http.ServerStartException if the port is taken
   */
  static GovernedServer start(
      WarehouseSettings warehouseSettings,
      Rulebook rules,
      EngineDefaults defaults,
      ServerSettings serverSettings)
      throws DefinitionException {
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    Warehouse warehouse = Warehouse.open(warehouseSettings, compiler.types());
    try {
      SemanticEngine engine =
          new SemanticEngine(
              warehouse,
              compiler,
              rules.model(),
              new PolicyGovernor(rules.policies()),
              defaults,
              Clock.systemUTC());
      Authenticator authenticator = new Authenticator(rules.users());
      PlumblineServer server =
          PlumblineServer.start(
              serverSettings,
              (principal, settings) -> open(engine, principal, settings),
              authenticator,
              warehouse::answers);
      return new GovernedServer(warehouse, engine, authenticator, server);
    } catch (DefinitionException | RuntimeException e) {
      warehouse.close();
      throw e;
    }
  }

  private static Session open(
      SemanticEngine engine, Principal principal, Map<String, String> settings) {
    Session session = engine.open(principal);
    settings.forEach(session::set);
    return session;
  }

  SemanticEngine engine() {
    return engine;
  }

  PlumblineServer server() {
    return server;
  }

  /** Closes the port first, so that nothing asks for what is going away. */
  @Override
  public void close() {
    server.close();
    warehouse.close();
  }
}
