package io.plumbline.cli;

import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.wire.SessionFactory;
import java.util.List;
import java.util.Optional;

/** The parts of a running server, from the pool of the warehouse to the port. */
final class GovernedServer implements AutoCloseable {

  private final GovernedEngine governed;
  private final Authenticator authenticator;
  private final PlumblineServer server;
  private Users users;

  private GovernedServer(
      GovernedEngine governed, Authenticator authenticator, PlumblineServer server, Users users) {
    this.governed = governed;
    this.authenticator = authenticator;
    this.server = server;
    this.users = users;
  }

  /**
   * Connects to the warehouse, checks the rules against it, and opens the port.
   *
   * @throws ProblemsException if the rules do not fit the warehouse
   * @throws io.plumbline.engine.QueryException if the warehouse can't be reached
   * @throws io.plumbline.server.http.ServerStartException if the port is taken
   */
  static GovernedServer start(
      WarehouseSettings warehouse, Rulebook rules, EngineDefaults defaults, ServerSettings settings)
      throws ProblemsException {
    GovernedEngine governed = GovernedEngine.open(warehouse, rules, defaults);
    try {
      Authenticator authenticator = new Authenticator(rules.users());
      PlumblineServer server =
          PlumblineServer.start(
              settings,
              SessionFactory.of(governed.engine()::open, governed.engine()::mayActForOthers),
              authenticator,
              governed.warehouse()::answers);
      return new GovernedServer(governed, authenticator, server, rules.users());
    } catch (RuntimeException e) {
      governed.close();
      throw e;
    }
  }

  /**
   * Brings other rules into force, all or nothing. A user who changed or went is disconnected, and
   * a service account that may no longer act for others.
   *
   * @throws ProblemsException if they do not fit the warehouse; the old rules stay
   */
  synchronized void reload(Rulebook rules) throws ProblemsException {
    List<User> service = users.all().stream().filter(this::actsForOthers).toList();
    governed.reload(rules);
    authenticator.replaceUsers(rules.users());
    for (User user : users.all()) {
      boolean lostRight = service.contains(user) && !actsForOthers(user);
      if (lostRight || !rules.users().find(user.name()).equals(Optional.of(user))) {
        server.disconnect(user.name());
      }
    }
    users = rules.users();
  }

  private boolean actsForOthers(User user) {
    return governed.engine().mayActForOthers(user.principal());
  }

  SemanticEngine engine() {
    return governed.engine();
  }

  PlumblineServer server() {
    return server;
  }

  /** Closes the port first, so that nothing asks for what is going away. */
  @Override
  public void close() {
    server.close();
    governed.close();
  }
}
