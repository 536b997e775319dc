package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.Problem;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.GoldenCompany;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.MaskSecret;
import io.plumbline.masking.Policies;
import io.plumbline.masking.PolicyReader;
import io.plumbline.server.audit.AuditSettings;
import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class GovernedServerTest {

  private static final String ALLOWED =
      """
      roles: [analyst]
      self_service:
        - {role: analyst, allowed_schemas: [metrics]}
      """;
  private static final String MRR =
      "select aggregate(mrr) from metrics.revenue where month = date '2025-06-01'";

  private static final MaskSecret KEY = new MaskSecret("a key of the tests");

  @TempDir Path folder;

  private final DemoCompany company = new GoldenCompany();
  private final EmbeddedWarehouse postgres = EmbeddedWarehouse.start(Optional.empty());
  private final User ana = user("ana");
  private final User bob = user("bob");

  private static User user(String name) {
    return new User(name, PasswordHash.of(name), Set.of("analyst"), Map.of());
  }

  @BeforeAll
  void load() throws SQLException {
    company.loadInto(postgres, LoadOptions.SMALL, ProgressListener.SILENT);
  }

  @AfterAll
  void stop() {
    postgres.close();
  }

  private Rulebook rules(String policy, User... users) throws Exception {
    SemanticModel model = DefinitionReader.withCanonical().read(company.definitions());
    Policies policies = new PolicyReader().read("policy.yaml", policy);
    return new Rulebook(model, policies, new Users(List.of(users)));
  }

  private WarehouseSettings warehouse() {
    return WarehouseSettings.of(
        postgres.jdbcUrl(), postgres.readerUser(), postgres.readerPassword());
  }

  private GovernedServer start(Rulebook rules) throws ProblemsException {
    return start(rules, folder.resolve("audit"));
  }

  private GovernedServer start(Rulebook rules, Path log) throws ProblemsException {
    return GovernedServer.start(
        new ServerSetup(
            ServerSettings.loopback(0),
            warehouse(),
            EngineDefaults.STANDARD.withAsOf(company.asOf()),
            AuditSettings.in(log),
            KEY),
        rules);
  }

  private static Connection connect(GovernedServer server, String user) throws SQLException {
    String url = DemoServer.jdbcUrl(server.server().url(), "PROTOBUF");
    return DriverManager.getConnection(url, user, user);
  }

  private static String mrr(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(MRR)) {
      rows.next();
      return rows.getBigDecimal(1).toPlainString();
    }
  }

  @Test
  void newPoliciesCountForTheNextStatementOfAnOpenConnection() throws Exception {
    try (GovernedServer server = start(rules(ALLOWED, ana));
        Connection connection = connect(server, "ana")) {
      assertThat(mrr(connection)).isEqualTo("10990");
      server.reload(rules(ALLOWED.replace("[metrics]", "[analytics]"), ana));
      assertThatThrownBy(() -> mrr(connection))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("not found");
      server.reload(rules(ALLOWED, ana));
      assertThat(mrr(connection)).isEqualTo("10990");
    }
  }

  @Test
  void rulesThatDoNotFitTheWarehouseLeaveTheOldOnesInForce() throws Exception {
    try (GovernedServer server = start(rules(ALLOWED, ana));
        Connection connection = connect(server, "ana")) {
      Rulebook wrong = rules(ALLOWED.replace("[metrics]", "[metriks]"), bob);
      assertThatThrownBy(() -> server.reload(wrong))
          .isInstanceOf(ProblemsException.class)
          .hasMessageContaining("policy.yaml:3:39: There is no schema 'metriks'.")
          .hasMessageContaining("Did you mean 'metrics'?");
      assertThat(mrr(connection)).isEqualTo("10990");
      assertThatThrownBy(() -> connect(server, "bob")).hasMessageContaining("28P01");
    }
  }

  @Test
  void aUserWhoWentIsDisconnectedAndTheOthersStay() throws Exception {
    try (GovernedServer server = start(rules(ALLOWED, ana, bob));
        Connection anas = connect(server, "ana")) {
      Connection bobs = connect(server, "bob");
      server.reload(rules(ALLOWED, ana));
      assertThat(mrr(anas)).isEqualTo("10990");
      assertThatThrownBy(() -> mrr(bobs)).hasMessageContaining("08003");
      assertThatThrownBy(() -> connect(server, "bob")).hasMessageContaining("28P01");
    }
  }

  @Test
  void changesOfRulesAreAuditedWithHashesAndNames() throws Exception {
    Path log = folder.resolve("audit-of-changes");
    Rulebook before = rules(ALLOWED, ana, bob);
    String policy = ALLOWED.replace("[metrics]", "[metrics, analytics]");
    Rulebook after = rules(policy, user("ana"), user("eve"));
    try (GovernedServer server = start(before, log)) {
      server.reload(after);
      Rulebook wrong = rules(ALLOWED.replace("[metrics]", "[metriks]"), ana);
      assertThatThrownBy(() -> server.reload(wrong)).isInstanceOf(ProblemsException.class);
    }
    assertThat(before.users().version()).isNotEqualTo(after.users().version());
    assertThat(Files.readString(log.resolve("audit-0000000000000001.log")))
        .contains(
            "\"event\":\"server_started\",\"definitions\":\""
                + before.model().version()
                + "\",\"policy\":\""
                + before.policies().version()
                + "\",\"logins\":\""
                + before.users().version()
                + "\",\"users\":[\"ana\",\"bob\"]")
        .contains(
            "\"policy\":\""
                + after.policies().version()
                + "\",\"logins\":\""
                + after.users().version()
                + "\",\"usersAdded\":[\"eve\"],\"usersRemoved\":[\"bob\"],"
                + "\"usersChanged\":[\"ana\"]")
        .contains("\"event\":\"rules_refused\",\"problems\":1,\"files\":[\"policy.yaml\"]");
  }

  @Test
  void aRoleThatThePolicyDoesNotDeclareIsAProblem() {
    assertThatThrownBy(() -> start(rules(ALLOWED.replace("analyst", "reader"), ana)))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("User 'ana' has the role 'analyst'");
  }

  @Test
  void aKeyThatTheDataRepeatsIsFoundInTheData() throws Exception {
    EngineDefaults defaults = EngineDefaults.STANDARD.withAsOf(company.asOf());
    try (GovernedEngine governed =
        GovernedEngine.open(warehouse(), List.of(), rules(ALLOWED, ana), defaults, KEY)) {
      assertThat(governed.engine().dataProblems()).isEmpty();
      try (Connection owner = postgres.owner();
          Statement statement = owner.createStatement()) {
        statement.execute(
            "insert into golden.accounts (account_id, name, segment, region, currency,"
                + " created_at_utc, is_internal) select account_id, name || ' again', segment,"
                + " region, currency, created_at_utc, is_internal from golden.accounts"
                + " where account_id = 'A01'");
        assertThat(governed.engine().dataProblems())
            .extracting(Problem::what)
            .containsExactly(
                "In the data of 'accounts', 1 value of the key [account_id] stands on several"
                    + " rows.");
        statement.execute("delete from golden.accounts where name like '% again'");
      }
    }
  }
}
