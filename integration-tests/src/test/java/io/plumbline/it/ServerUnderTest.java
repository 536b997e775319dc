package io.plumbline.it;

import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.wire.Activity;
import io.plumbline.server.wire.SessionFactory;
import java.sql.Connection;
import java.sql.SQLException;

/** The server over one company, on a free port of the loopback interface. */
final class ServerUnderTest implements AutoCloseable {

  private final PlumblineServer server;

  private ServerUnderTest(PlumblineServer server) {
    this.server = server;
  }

  static ServerUnderTest start(DemoCompany company, EmbeddedWarehouse warehouse) {
    return new ServerUnderTest(
        PlumblineServer.start(
            ServerSettings.loopback(0),
            sessions(company, warehouse),
            new Authenticator(users(company)),
            () -> answers(warehouse)));
  }

  private static SessionFactory sessions(DemoCompany company, EmbeddedWarehouse warehouse) {
    throw new UnsupportedOperationException(
        "No engine yet for " + company.name() + " at " + warehouse.jdbcUrl());
  }

  private static Users users(DemoCompany company) {
    return new Users(
        company.users().stream()
            .map(
                user ->
                    new User(
                        user.name(),
                        PasswordHash.of(user.password()),
                        user.roles(),
                        user.attributes()))
            .toList());
  }

  private static boolean answers(EmbeddedWarehouse warehouse) {
    try (Connection connection = warehouse.reader()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  String url() {
    return server.url();
  }

  Activity activity() {
    return server.activity();
  }

  @Override
  public void close() {
    server.close();
  }
}
