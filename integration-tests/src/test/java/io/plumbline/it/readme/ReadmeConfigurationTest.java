package io.plumbline.it.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.DefinitionFile;
import io.plumbline.demo.CloudFlowCompany;
import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import io.plumbline.it.readme.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The README's way from three files to a server of one's own. */
@TestInstance(Lifecycle.PER_CLASS)
class ReadmeConfigurationTest {

  private static final String PASSWORD = "demo-pass-1";
  private static final String QUESTION =
      "\"select aggregate(mrr) as mrr from metrics.revenue where month = date '2026-02-01'\"";

  private final DemoCompany company = new CloudFlowCompany();
  private @Nullable EmbeddedWarehouse warehouse;
  private Path folder = Path.of("");
  private int port;

  @BeforeAll
  void load() throws Exception {
    Repository.assumePackaged();
    warehouse = EmbeddedWarehouse.start(Optional.empty());
    company.loadInto(warehouse, LoadOptions.SMALL, ProgressListener.SILENT);
  }

  @AfterAll
  void stop() {
    if (warehouse != null) {
      warehouse.close();
    }
  }

  /** The files of the README; only the addresses are ours. */
  @BeforeEach
  void write(@TempDir Path temporary) throws IOException {
    folder = temporary;
    port = ReadmeTest.freePort();
    Readme readme = Readme.read();
    String configuration =
        readme
            .block("yaml", "warehouse:")
            .text()
            .replace("jdbc:postgresql://db.example.com:5432/warehouse", running().jdbcUrl())
            .replace("port: 8765", "port: " + port);
    Files.writeString(folder.resolve("plumbline.yaml"), configuration);
    Files.writeString(folder.resolve("policy.yaml"), readme.block("yaml", "self_service").text());
    Files.writeString(folder.resolve("users.yaml"), readme.block("yaml", "users:\n").text());
    Path definitions = Files.createDirectory(folder.resolve("definitions"));
    for (DefinitionFile file : company.definitions()) {
      Path name = Path.of(file.name()).getFileName();
      Files.writeString(definitions.resolve(name.toString()), file.text());
    }
  }

  private EmbeddedWarehouse running() {
    return java.util.Objects.requireNonNull(warehouse);
  }

  @Test
  void everyCheckOfTheReadmeFindsNothing() throws Exception {
    String commands = Readme.read().block("sh", "check --config").text();
    for (String command : commands.lines().toList()) {
      Outcome outcome = plumbline(command);
      assertThat(outcome.out()).as(command).contains("definitions ");
      assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }
  }

  @Test
  void problemsOfAllFilesAreToldTogetherWithTheirPlaces() throws Exception {
    replace("definitions/cloudflow.yaml", "implements: accounts", "implements: acounts");
    replace("policy.yaml", "roles: [admin, analyst]", "rolls: [admin, analyst]");
    replace("users.yaml", "roles:", "rolez:");
    Outcome outcome = plumbline("./plumbline check --config plumbline.yaml");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .containsPattern("cloudflow\\.yaml:\\d+:\\d+: ")
        .containsPattern("policy\\.yaml:2:1: Unknown key 'rolls'.*Did you mean 'roles'")
        .containsPattern("users\\.yaml:\\d+:\\d+: Unknown key 'rolez'")
        .containsPattern("\\d+ problems");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void anAuditorIsToldWhatAUserSees() throws Exception {
    Outcome outcome = plumbline("./plumbline access --config plumbline.yaml ana");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("role: analyst", "table app.accounts: all rows", "column metrics.revenue.mrr");
    Outcome unknown = plumbline("./plumbline access --config plumbline.yaml anna");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("There is no user 'anna'", "ana");
  }

  @Test
  void anUnknownKeyOfTheConfigurationFailsWithASuggestion() throws Exception {
    replace("plumbline.yaml", "definitions: definitions", "definitons: definitions");
    replace("plumbline.yaml", "port: " + port, "port: many");
    Outcome outcome = plumbline("./plumbline serve --config plumbline.yaml");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("Unknown key 'definitons'", "Did you mean 'definitions'?")
        .contains("'many' is no value for 'port'")
        .doesNotContain("\tat ");
  }

  @Test
  void anUnreachableWarehouseIsOneClearLine() throws Exception {
    replace("plumbline.yaml", running().jdbcUrl(), "jdbc:postgresql://127.0.0.1:1/none");
    replace("plumbline.yaml", "connection_timeout: 10s", "connection_timeout: 1s");
    Outcome outcome = plumbline("./plumbline check --config plumbline.yaml");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("the warehouse is not reachable at", "nothing answers there")
        .doesNotContain("\tat ");
  }

  @Test
  void aLoginThatTheWarehouseRefusesIsOneClearLine() throws Exception {
    replace("plumbline.yaml", "user: plumbline_reader", "user: plumbline_raeder");
    Outcome outcome = plumbline("./plumbline serve --config plumbline.yaml");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("it refuses the login 'plumbline_raeder'. Check user and password")
        .doesNotContain("\tat ");
  }

  @Test
  void aDatabaseThatIsNotThereIsOneClearLine() throws Exception {
    replace("plumbline.yaml", running().jdbcUrl(), running().jdbcUrl() + "_of_others");
    Outcome outcome = plumbline("./plumbline serve --config plumbline.yaml");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("it has no database of the name in the url")
        .doesNotContain("\tat ");
  }

  @Test
  void aMissingFileIsOneClearLine() throws Exception {
    Outcome outcome = plumbline("./plumbline serve --config nowhere.yaml");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).contains("nowhere.yaml can't be read");
  }

  @Test
  void theServerTakesUpChangedFilesAllOrNothing() throws Exception {
    try (Shell server = start()) {
      assertThat(ask().out()).contains("34368");
      replace("definitions/cloudflow.yaml", "implements: accounts", "implements: acounts");
      String log = server.awaitErrors("the old rules stay in force");
      assertThat(log).doesNotContain("\tat ");
      assertThat(ask().out()).contains("34368");
      replace("definitions/cloudflow.yaml", "implements: acounts", "implements: accounts");
      replace("policy.yaml", "allowed_schemas: [metrics, ", "allowed_schemas: [");
      server.awaitErrors("reloaded");
      Outcome hidden = ask();
      assertThat(hidden.code()).isEqualTo(1);
      assertThat(hidden.err()).contains("not found");
      server.stop();
    }
  }

  @Test
  void usersAreAddedWhileTheServerRuns() throws Exception {
    try (Shell server = start()) {
      for (String command : Readme.read().block("sh", "user add").text().lines().toList()) {
        Outcome outcome = plumbline(command);
        assertThat(outcome.code()).as(command + outcome.err()).isZero();
        if (command.contains("user list")) {
          assertThat(outcome.out())
              .contains("bob\n  roles       analyst\n  attributes  email=bob@example.com")
              .contains("logs in by  password, token 'notebook' until 2099-01-31")
              .doesNotContain("pbkdf2", "sha256");
        }
      }
      awaitAnswer("./plumbline query --user bob --password another-pass-2");
      server.stop();
    }
  }

  /** A changed file is taken up when it has rested for a second. */
  private void awaitAnswer(String query) throws Exception {
    String command = query + " --url http://127.0.0.1:" + port + " " + QUESTION;
    Outcome outcome = plumbline(command);
    for (int i = 0; i < 20 && outcome.code() != 0; i++) {
      Thread.sleep(1_000);
      outcome = plumbline(command);
    }
    assertThat(outcome.out()).as(outcome.err()).contains("34368");
  }

  private Shell start() throws Exception {
    Shell server =
        Shell.start(absolute("./plumbline serve --config plumbline.yaml"), folder, environment());
    server.awaitOutput("Serving at");
    return server;
  }

  private Outcome ask() throws Exception {
    String command =
        "./plumbline query --user ana --password " + PASSWORD + " --url http://127.0.0.1:";
    return plumbline(command + port + " " + QUESTION);
  }

  private Outcome plumbline(String command) throws Exception {
    return Shell.run(absolute(command), folder, environment());
  }

  /** The README's commands start in the folder of the repository; these files are elsewhere. */
  private static String absolute(String command) {
    return command.replace("./plumbline", "'" + Repository.ROOT.resolve("plumbline") + "'");
  }

  private Map<String, String> environment() {
    return Map.of("WAREHOUSE_PASSWORD", running().readerPassword());
  }

  private void replace(String file, String old, String text) throws IOException {
    Path path = folder.resolve(file);
    String before = Files.readString(path);
    assertThat(before).contains(old);
    Files.writeString(path, before.replace(old, text));
  }
}
