package io.plumbline.cli;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.DemoUser;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.Policies;
import io.plumbline.masking.PolicyException;
import io.plumbline.masking.PolicyReader;
import io.plumbline.server.audit.AuditSettings;
import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A demo company behind a server of this process, on the loopback interface only: its users'
 * passwords are known to everybody.
 */
public final class DemoServer implements AutoCloseable {

  private final DemoCompany company;
  private final GovernedServer running;
  private final DemoState state;

  private DemoServer(DemoCompany company, GovernedServer running, DemoState state) {
    this.company = company;
    this.running = running;
    this.state = state;
  }

  /**
   * Serves a company that is loaded already; the warehouse stays the caller's to close.
   *
   * @param port 0 for any free one
   * @throws io.plumbline.server.http.ServerStartException if the port is taken
   */
  public static DemoServer start(DemoCompany company, EmbeddedWarehouse warehouse, int port) {
    return start(company, settings(warehouse), port);
  }

  /** The same over any PostgreSQL that holds the company. */
  public static DemoServer start(DemoCompany company, WarehouseSettings settings, int port) {
    return start(company, settings, port, Optional.empty());
  }

  /**
   * The same with a folder for what outlives the server: the audit log and the key of masks.
   * Without one they go when it is closed.
   */
  static DemoServer start(
      DemoCompany company, EmbeddedWarehouse warehouse, int port, Optional<Path> keep) {
    return start(company, settings(warehouse), port, keep);
  }

  private static WarehouseSettings settings(EmbeddedWarehouse warehouse) {
    return WarehouseSettings.of(
        warehouse.jdbcUrl(), warehouse.readerUser(), warehouse.readerPassword());
  }

  private static DemoServer start(
      DemoCompany company, WarehouseSettings settings, int port, Optional<Path> keep) {
    DemoState state = DemoState.in(keep);
    try {
      ServerSetup setup =
          new ServerSetup(
              ServerSettings.loopback(port),
              settings,
              EngineDefaults.STANDARD.withAsOf(company.asOf()),
              AuditSettings.in(state.audit()),
              state.maskKey());
      return new DemoServer(company, GovernedServer.start(setup, rulebook(company)), state);
    } catch (ProblemsException | DefinitionException | PolicyException e) {
      throw new IllegalStateException(
          "the files that come with " + company.name() + " are wrong:\n" + e.getMessage(), e);
    }
  }

  private static Rulebook rulebook(DemoCompany company)
      throws DefinitionException, PolicyException {
    DefinitionFile file = company.policy();
    Policies policies = new PolicyReader().read(file.name(), file.text());
    return new Rulebook(
        DefinitionReader.withCanonical().read(company.definitions()),
        policies,
        new Users(company.users().stream().map(DemoServer::user).toList()));
  }

  private static User user(DemoUser demo) {
    return new User(demo.name(), PasswordHash.of(demo.password()), demo.roles(), demo.attributes());
  }

  public DemoCompany company() {
    return company;
  }

  /** The address that a driver's {@code url} takes, such as {@code http://127.0.0.1:8765}. */
  public String url() {
    return running.server().url();
  }

  /** The URL for Avatica's driver, frames in protobuf. */
  public String jdbcUrl() {
    return jdbcUrl(url(), "PROTOBUF");
  }

  /**
   * The URL for Avatica's driver.
   *
   * @param serialization {@code PROTOBUF} or {@code JSON}
   */
  static String jdbcUrl(String url, String serialization) {
    return "jdbc:avatica:remote:url=" + url + ";serialization=" + serialization;
  }

  public SemanticEngine engine() {
    return running.engine();
  }

  public PlumblineServer server() {
    return running.server();
  }

  @Override
  public void close() {
    running.close();
    state.close();
  }
}
