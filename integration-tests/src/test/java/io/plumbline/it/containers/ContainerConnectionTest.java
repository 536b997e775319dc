package io.plumbline.it.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.cli.DemoServer;
import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.GoldenCompany;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;

/** The way from a client to a PostgreSQL that is not the embedded one, and what breaks on it. */
@TestInstance(Lifecycle.PER_CLASS)
class ContainerConnectionTest {

  private static final String MRR =
      "select sum(mrr) from metrics.revenue where quarter = date '2025-04-01'";

  private final DemoCompany company = new GoldenCompany();
  private @Nullable PostgresContainer postgres;
  private @Nullable DemoServer server;

  @BeforeAll
  void start() throws Exception {
    assumeTrue(
        PostgresContainer.image().isPresent(),
        "PLUMBLINE_POSTGRES_IMAGE names no image: nothing to run in a container");
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(), "there is no Docker engine here");
    postgres = PostgresContainer.start(PostgresContainer.image().get(), company);
    server = DemoServer.start(company, postgres.settings(), 0);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  private Connection connect(String serialization) throws SQLException {
    String url = java.util.Objects.requireNonNull(server).url();
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=" + url + ";serialization=" + serialization, "analyst", "analyst");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROTOBUF", "JSON"})
  void metricsComeFromTheContainer(String serialization) throws Exception {
    try (Connection connection = connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(MRR)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getBigDecimal(1)).isEqualByComparingTo("10990");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROTOBUF", "JSON"})
  void parametersArriveThere(String serialization) throws Exception {
    try (Connection connection = connect(serialization);
        PreparedStatement statement =
            connection.prepareStatement(MRR.replace("date '2025-04-01'", "?"))) {
      statement.setDate(1, Date.valueOf("2025-04-01"));
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getBigDecimal(1)).isEqualByComparingTo("10990");
      }
    }
  }

  @Test
  void sourceTablesAreReadWithAllTheirRows() throws Exception {
    try (Connection connection = connect("PROTOBUF");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*), count(distinct a.account_id) from golden.accounts a")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isPositive().isEqualTo(rows.getLong(2));
    }
  }

  @Test
  void nothingCanBeWritten() throws Exception {
    try (Connection connection = connect("PROTOBUF");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("delete from golden.accounts"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("read only");
    }
  }

  @Test
  void aContainerThatStopsIsAClearErrorAndTheServerStays() throws Exception {
    PostgresContainer lost = PostgresContainer.start(PostgresContainer.image().get(), company);
    try (DemoServer over = DemoServer.start(company, lost.settings(), 0);
        Connection connection = DriverManager.getConnection(over.jdbcUrl(), "analyst", "analyst");
        Statement statement = connection.createStatement()) {
      statement.executeQuery(MRR).close();
      lost.close();
      assertThatThrownBy(() -> statement.executeQuery(MRR.replace("04", "07")))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).matches("08...|57..."))
          .hasMessageNotContaining("\tat ");
      assertThat(connection.isValid(5)).isTrue();
    }
  }
}
