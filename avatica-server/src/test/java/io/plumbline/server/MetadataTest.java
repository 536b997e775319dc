package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.server.http.ServerSettings;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools ask about tables before they ask anything else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MetadataTest {

  private TestServer test;

  @BeforeAll
  void start() {
    test = new TestServer(ServerSettings.loopback(0));
  }

  @AfterAll
  void stop() {
    test.close();
  }

  private interface Ask {
    ResultSet of(DatabaseMetaData meta) throws SQLException;
  }

  private List<String> ask(String serialization, String column, Ask question) throws SQLException {
    try (Connection connection = test.connect(serialization);
        ResultSet rows = question.of(connection.getMetaData())) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(column));
      }
      return values;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void tablesMatchPatternsInAnyCase(String serialization) throws Exception {
    String name = "TABLE_NAME";
    assertThat(ask(serialization, name, m -> m.getTables(null, null, null, null)))
        .containsExactly("account_notes", "accounts", "plans");
    assertThat(ask(serialization, name, m -> m.getTables(null, "APP", "ACC%", null)))
        .containsExactly("account_notes", "accounts");
    assertThat(ask(serialization, name, m -> m.getTables(null, "app\\_two", "%", null)))
        .containsExactly("plans");
    assertThat(ask(serialization, name, m -> m.getTables(null, "%", "account\\_notes", null)))
        .containsExactly("account_notes");
    assertThat(ask(serialization, name, m -> m.getTables(null, "%", "account_", null)))
        .containsExactly("accounts");
    assertThat(ask(serialization, name, m -> m.getTables("", "%", "%", new String[] {"VIEW"})))
        .isEmpty();
    assertThat(ask(serialization, name, m -> m.getTables(null, "%", "%", new String[] {"TABLE"})))
        .hasSize(3);
    assertThat(ask(serialization, "REMARKS", m -> m.getTables(null, "app_two", "%", null)))
        .containsExactly("table plans");
    assertThat(ask(serialization, name, m -> m.getTables("elsewhere", "%", "%", null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void columnsAreDescribed(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        ResultSet rows = connection.getMetaData().getColumns(null, "app", "ACCOUNTS", "%")) {
      List<String> seen = new ArrayList<>();
      while (rows.next()) {
        seen.add(
            String.join(
                " ",
                rows.getString("COLUMN_NAME"),
                String.valueOf(rows.getInt("DATA_TYPE")),
                rows.getString("TYPE_NAME"),
                String.valueOf(rows.getInt("COLUMN_SIZE")),
                String.valueOf(rows.getInt("DECIMAL_DIGITS")),
                String.valueOf(rows.getInt("NULLABLE")),
                rows.getString("REMARKS"),
                String.valueOf(rows.getInt("ORDINAL_POSITION")),
                rows.getString("IS_NULLABLE"),
                rows.getString("IS_GENERATEDCOLUMN")));
      }
      assertThat(seen)
          .containsExactly(
              "id " + Types.BIGINT + " bigint 19 0 0 the id 1 NO NO",
              "name " + Types.VARCHAR + " text 0 0 1 the name 2 YES NO",
              "mrr " + Types.DECIMAL + " numeric 12 2 1 the mrr 3 YES YES",
              "born " + Types.DATE + " date 10 0 1 the born 4 YES NO");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void schemasTypesAndCatalogsAreListed(String serialization) throws Exception {
    assertThat(ask(serialization, "TABLE_SCHEM", DatabaseMetaData::getSchemas))
        .containsExactly("app", "app_two");
    assertThat(ask(serialization, "TABLE_SCHEM", m -> m.getSchemas(null, "APP")))
        .containsExactly("app");
    assertThat(ask(serialization, "TABLE_CAT", DatabaseMetaData::getCatalogs)).isEmpty();
    assertThat(ask(serialization, "TABLE_TYPE", DatabaseMetaData::getTableTypes))
        .containsExactly("TABLE", "VIEW");
    assertThat(ask(serialization, "TYPE_NAME", DatabaseMetaData::getTypeInfo))
        .hasSize(12)
        .contains("numeric", "timestamp", "text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void questionsWithoutAnAnswerInTheProtocolAreEmpty(String serialization) throws Exception {
    assertThat(ask(serialization, "COLUMN_NAME", m -> m.getPrimaryKeys(null, "app", "accounts")))
        .isEmpty();
    assertThat(ask(serialization, "FUNCTION_NAME", m -> m.getFunctions(null, null, null)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void theSchemaOfAConnectionMustExist(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization)) {
      connection.setSchema("nowhere");
      assertThatThrownBy(connection::getSchema)
          .hasMessageContaining("there is no schema 'nowhere'; there are app, app_two");
    }
  }
}
