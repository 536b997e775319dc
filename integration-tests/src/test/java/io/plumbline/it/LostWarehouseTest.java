package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away under a running server. */
class LostWarehouseTest {

  private static final String QUERY =
      "select aggregate(mrr) as mrr from metrics.revenue where month = date '2025-12-01'";

  @Test
  void connectionsThatTheDatabaseEndedAreReplacedAndALostDatabaseIsAClearError() throws Exception {
    try (RunningCompany company = RunningCompany.start("golden")) {
      try (Connection connection = company.connect("analyst")) {
        assertThat(mrr(connection)).isEqualTo("11113.333333");
        endPooledConnections(company);
        assertThat(mrr(connection)).isEqualTo("11113.333333");
        company.warehouse().close();
        assertThatThrownBy(() -> mrr(connection))
            .isInstanceOfSatisfying(
                SQLException.class,
                e -> {
                  assertThat(e.getSQLState()).matches("08...|57...");
                  assertThat(e.getMessage())
                      .doesNotContain("\tat ", "org.postgresql", "127.0.0.1", "plumbline_reader");
                });
        assertThat(get(company, "/health/live")).isEqualTo(200);
        assertThat(get(company, "/health")).isEqualTo(500);
      }
      try (Connection another = company.connect("analyst")) {
        assertThat(another.isValid(5)).isTrue();
      }
    }
  }

  private static void endPooledConnections(RunningCompany company) throws SQLException {
    try (Connection reader = company.warehouse().reader();
        Statement statement = reader.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
              + company.warehouse().readerUser()
              + "' and pid <> pg_backend_pid()");
    }
  }

  private static String mrr(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(QUERY)) {
      return Grid.read(result).column("mrr").get(0);
    }
  }

  private static int get(RunningCompany company, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(company.url() + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }
}
