package io.plumbline.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Gives every login of a fresh or reused server its password and its least rights, then asks for
 * passwords.
 */
final class Logins {
  private static final String PASSWORDS_ONLY = "host all all 127.0.0.1/32 scram-sha-256\n";

  private final EmbeddedPostgres server;
  private final Secrets secrets;

  Logins(EmbeddedPostgres server, Secrets secrets) {
    this.server = server;
    this.secrets = secrets;
  }

  void prepare() throws SQLException, IOException {
    try (Connection connection = superuser("postgres");
        Statement statement = connection.createStatement()) {
      createRole(statement, EmbeddedWarehouse.OWNER);
      createRole(statement, EmbeddedWarehouse.READER);
      setPassword(statement, "postgres", secrets.superuser());
      setPassword(statement, EmbeddedWarehouse.OWNER, secrets.owner());
      setPassword(statement, EmbeddedWarehouse.READER, secrets.reader());
      statement.execute(
          "alter role " + EmbeddedWarehouse.READER + " set default_transaction_read_only = on");
      statement.execute("grant pg_read_all_settings to " + EmbeddedWarehouse.OWNER);
      createDatabase(statement);
      requirePasswords(statement);
    }
    try (Connection connection = superuser(EmbeddedWarehouse.DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute("revoke all on schema public from public");
    }
  }

  private Connection superuser(String database) throws SQLException {
    return server
        .getDatabase("postgres", database, Map.of("password", secrets.superuser()))
        .getConnection();
  }

  private static void createRole(Statement statement, String role) throws SQLException {
    if (!exists(
        statement, "select 1 from pg_roles where rolname = " + statement.enquoteLiteral(role))) {
      statement.execute("create role " + role + " login");
    }
  }

  private static void setPassword(Statement statement, String role, String password)
      throws SQLException {
    statement.execute("alter role " + role + " password " + statement.enquoteLiteral(password));
  }

  private static void createDatabase(Statement statement) throws SQLException {
    String name = EmbeddedWarehouse.DATABASE;
    if (!exists(
        statement, "select 1 from pg_database where datname = " + statement.enquoteLiteral(name))) {
      statement.execute("create database " + name + " owner " + EmbeddedWarehouse.OWNER);
    }
    for (String database : new String[] {name, "postgres", "template1"}) {
      statement.execute("revoke all on database " + database + " from public");
    }
    statement.execute("grant connect on database " + name + " to " + EmbeddedWarehouse.READER);
  }

  /** A fresh cluster trusts everybody on this machine; from here on it asks for the password. */
  private static void requirePasswords(Statement statement) throws SQLException, IOException {
    try (ResultSet file = statement.executeQuery("show hba_file")) {
      file.next();
      Files.writeString(Path.of(file.getString(1)), PASSWORDS_ONLY);
    }
    statement.execute("select pg_reload_conf()");
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }
}
