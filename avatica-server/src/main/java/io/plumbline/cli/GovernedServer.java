package io.plumbline.cli;

import io.plumbline.engine.SemanticEngine;
import io.plumbline.server.audit.AuditEvent;
import io.plumbline.server.audit.AuditLog;
import io.plumbline.server.audit.QueryAuditTable;
import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.wire.SessionFactory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a running server, from the pool of the warehouse to the port. */
final class GovernedServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedServer.class);

  private final AuditLog audit;
  private final GovernedEngine governed;
  private final Authenticator authenticator;
  private final PlumblineServer server;
  private Users users;

  private GovernedServer(
      AuditLog audit,
      GovernedEngine governed,
      Authenticator authenticator,
      PlumblineServer server,
      Users users) {
    this.audit = audit;
    this.governed = governed;
    this.authenticator = authenticator;
    this.server = server;
    this.users = users;
  }

  /**
   * Opens the audit log, connects to the warehouse, checks the rules against it, and opens the
   * port.
   *
   * @throws ProblemsException if the rules do not fit the warehouse
   * @throws io.plumbline.engine.QueryException if the warehouse can't be reached
   * @throws io.plumbline.server.http.ServerStartException if the port is taken
   * @throws io.plumbline.server.audit.AuditException if the audit log can't be written
   */
  static GovernedServer start(ServerSetup setup, Rulebook rules) throws ProblemsException {
    AuditLog audit = AuditLog.open(setup.audit(), Clock.systemUTC());
    try {
      return start(setup, rules, audit);
    } catch (ProblemsException | RuntimeException e) {
      audit.close();
      throw e;
    }
  }

  private static GovernedServer start(ServerSetup setup, Rulebook rules, AuditLog audit)
      throws ProblemsException {
    GovernedEngine governed =
        GovernedEngine.open(
            setup.warehouse(),
            List.of(new QueryAuditTable(audit)),
            rules,
            setup.defaults(),
            setup.maskKey());
    try {
      governed
          .warehouse()
          .rightsBeyondReading()
          .forEach(right -> LOG.warn("the login of the warehouse should only read, but {}", right));
      audit.await(audit.append(RuleEvents.started(rules)));
      Authenticator authenticator = new Authenticator(rules.users());
      PlumblineServer server =
          PlumblineServer.start(
              setup.server(),
              SessionFactory.of(governed.engine()::open, governed.engine()::mayActForOthers),
              authenticator,
              audit,
              governed.warehouse()::answers);
      new FirstLooks(governed.engine()).begin(rules.users());
      return new GovernedServer(audit, governed, authenticator, server, rules.users());
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
    try {
      governed.reload(rules);
    } catch (ProblemsException e) {
      refused(e);
      throw e;
    }
    new FirstLooks(governed.engine()).begin(rules.users());
    audit.note(RuleEvents.changed(rules, users));
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

  /** Changed rules can't be taken up. */
  void refused(ProblemsException problems) {
    audit.note(RuleEvents.refused(problems));
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
    audit.note(new AuditEvent.ServerStopped());
    audit.close();
  }
}
