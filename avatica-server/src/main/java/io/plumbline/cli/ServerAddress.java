package io.plumbline.cli;

import java.io.Console;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;
import org.apache.calcite.avatica.remote.Driver;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which server to ask, and as whom. */
final class ServerAddress {

  static final String PASSWORD_VARIABLE = "PLUMBLINE_PASSWORD";
  static final String TOKEN_VARIABLE = "PLUMBLINE_TOKEN";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:PLUMBLINE_URL:-http://127.0.0.1:8765}",
      description =
          "The server, as an address or a JDBC URL; default: the variable PLUMBLINE_URL, else"
              + " http://127.0.0.1:8765.")
  private String url = "";

  @Option(names = "--user", paramLabel = "NAME", required = true, description = "Who asks.")
  private String user = "";

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      description =
          "The user's password. Without it: a token in the environment variable "
              + TOKEN_VARIABLE
              + ", a password in "
              + PASSWORD_VARIABLE
              + ", else it is asked for.")
  private @Nullable String password;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "A setting of the session: time_zone, as_of, known_at, week_start,"
              + " fiscal_year_start, currency.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** Connects with the stock driver. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    String token = System.getenv(TOKEN_VARIABLE);
    if (password == null && token != null) {
      properties.setProperty("authentication", "BEARER");
      properties.setProperty("bearer_token", token);
    } else {
      properties.setProperty("password", password());
    }
    properties.putAll(settings);
    return connect(url, properties);
  }

  /**
   * Connects with the stock driver.
   *
   * @param url of a server, or a JDBC URL
   * @throws CommandFailure if nobody answers there
   */
  static Connection connect(String url, Properties properties) throws SQLException {
    if (!url.matches("(?i)(https?://|jdbc:avatica:remote:).+")) {
      throw new CommandFailure(
          "'" + url + "' is no address of a server. Write something like http://127.0.0.1:8765.");
    }
    String jdbc = url.startsWith("jdbc:") ? url : DemoServer.jdbcUrl(url, "PROTOBUF");
    try {
      return Objects.requireNonNull(new Driver().connect(jdbc, properties));
    } catch (SQLException | RuntimeException e) {
      if (ClientProblem.isNobodyThere(e)) {
        throw new CommandFailure("There is no server at " + url + ". Is it started?", e);
      }
      if (e instanceof AvaticaClientRuntimeException refusal) {
        throw new CommandFailure(ClientProblem.message(refusal), e);
      }
      throw e;
    }
  }

  private String password() {
    if (password != null) {
      return password;
    }
    String fromEnvironment = System.getenv(PASSWORD_VARIABLE);
    if (fromEnvironment != null) {
      return fromEnvironment;
    }
    Console console = System.console();
    char @Nullable [] typed =
        console == null ? null : console.readPassword("Password of %s: ", user);
    if (typed == null) {
      throw new CommandFailure(
          "There is no password. Give --password or set " + PASSWORD_VARIABLE + ".");
    }
    return new String(typed);
  }
}
