package io.plumbline.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.Companies;
import io.plumbline.it.Company;
import io.plumbline.it.Grid;
import io.plumbline.it.RunningCompany;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that is hidden from a user comes out, whatever the user asks, in rows or in errors. Each
 * attack is real: who may see the value does see it with the same query.
 */
@ExtendWith(Companies.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksTest {

  private static final int FEWEST = 250;

  private final RunningCompany company;
  private final Map<String, Connection> connections = new HashMap<>();

  AttacksTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @AfterAll
  void disconnect() throws SQLException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }

  static Stream<Attack> attacks() {
    return Stream.concat(AttackGrammar.attacks(), AttackGrammar.attacksOnMetrics());
  }

  @Test
  void thereAreEnoughOfThem() {
    assertThat(attacks()).hasSizeGreaterThan(FEWEST);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void keepsTheSecret(Attack attack) throws SQLException {
    Secret secret = attack.secret();
    String seen = answer(secret.seer(), attack.sql(), secret.value(), attack);
    String got = answer(secret.attacker(), attack.sql(), secret.value(), attack);
    if (attack.control().isEmpty()) {
      assertThat(seen.toLowerCase(Locale.ROOT)).contains(secret.value().toLowerCase(Locale.ROOT));
      assertThat(got.toLowerCase(Locale.ROOT))
          .doesNotContain(secret.value().toLowerCase(Locale.ROOT));
      return;
    }
    String control = attack.control().get();
    assertThat(seen).isNotEqualTo(answer(secret.seer(), control, secret.absent(), attack));
    assertThat(got).isEqualTo(answer(secret.attacker(), control, secret.absent(), attack));
  }

  /** Rows as text, or the error. */
  private String answer(String user, String sql, String value, Attack attack) throws SQLException {
    try {
      return attack.parameter() ? prepared(user, sql, value) : plain(user, sql);
    } catch (SQLException e) {
      return String.valueOf(e.getMessage()).replace(sql, "");
    }
  }

  private String plain(String user, String sql) throws SQLException {
    try (Statement statement = connection(user).createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Grid.read(rows).rows().toString();
    }
  }

  private String prepared(String user, String sql, String value) throws SQLException {
    try (PreparedStatement statement = connection(user).prepareStatement(sql)) {
      statement.setString(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        return Grid.read(rows).rows().toString();
      }
    }
  }

  private Connection connection(String user) throws SQLException {
    Connection connection = connections.get(user);
    if (connection == null) {
      connection = company.connect(user);
      connections.put(user, connection);
    }
    return connection;
  }
}
