package io.plumbline.it.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.it.readme.Readme.Block;
import io.plumbline.it.readme.Shell.Outcome;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that the README shows about the demo, run as a reader would run it. */
@TestInstance(Lifecycle.PER_CLASS)
class ReadmeTest {

  private final Readme readme = read();
  private @Nullable Shell demo;
  private String url = "";
  private String started = "";

  private static Readme read() {
    try {
      return Readme.read();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The first command, word for word. */
  @BeforeAll
  void startDemo() throws Exception {
    Repository.assumePackaged();
    int port = freePort();
    url = "http://127.0.0.1:" + port;
    Block first = readme.blocks("sh").get(0);
    demo =
        Shell.start(first.text(), Repository.ROOT, Map.of("PLUMBLINE_PORT", String.valueOf(port)));
    started = demo.awaitOutput("Serving until Ctrl-C");
  }

  static int freePort() throws java.io.IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  void stopDemo() throws Exception {
    if (demo != null) {
      demo.stop();
      assertThat(demo.errors()).doesNotContain("Exception", "\tat ");
      demo.close();
    }
  }

  @Test
  void theFirstCommandEndsInTheTableOfTheReadme() {
    String table = readme.block("text", "2026-02-01").text();
    assertThat(started).contains(table).contains("2026-02-01 | 34368.00");
    assertThat(table.lines()).hasSize(2 + 12);
    assertThat(started)
        .contains(url + ";serialization=PROTOBUF", url + ";serialization=JSON", "1.27.0", "1.28.0");
  }

  @Test
  void theSecondCommandIsWhatIsRunForEveryChange() throws Exception {
    String second = readme.blocks("sh").get(1).text().strip();
    assertThat(second).isEqualTo("mvn verify");
    assertThat(Files.readString(Repository.ROOT.resolve(".ci/run"))).contains(" verify");
  }

  Stream<Block> sql() {
    return readme.blocks("sql").stream();
  }

  @ParameterizedTest
  @MethodSource("sql")
  void everyQueryAnswersAsTheReadmeSays(Block block, @TempDir Path folder) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      if (block.output().isEmpty()) {
        for (String sql : block.statements()) {
          runs(statement, sql);
        }
      } else if (block.output().get().startsWith(" ")) {
        Path file = Files.writeString(folder.resolve("query.sql"), block.text());
        Outcome outcome =
            plumbline("query --user analyst --password analyst --file '" + file + "'");
        assertThat(outcome.out()).isEqualTo(block.output().get());
      } else {
        String refusal = block.output().get().replaceAll("\\s+", " ").strip();
        assertThatThrownBy(() -> statement.execute(block.text().strip()))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining(refusal);
      }
    }
  }

  private static void runs(Statement statement, String sql) throws SQLException {
    if (statement.execute(sql)) {
      try (ResultSet rows = statement.getResultSet()) {
        assertThat(rows.next()).as(sql).isTrue();
      }
    }
  }

  private Connection connect() throws SQLException {
    String jdbc = "jdbc:avatica:remote:url=" + url + ";serialization=PROTOBUF";
    return DriverManager.getConnection(jdbc, "analyst", "analyst");
  }

  Stream<Block> commandsOfClients() {
    return readme.blocks("sh").stream()
        .filter(block -> block.text().matches("(?s)./plumbline (query|explain) .*"));
  }

  @ParameterizedTest
  @MethodSource("commandsOfClients")
  void everyCommandOfAClientAnswers(Block block) throws Exception {
    Outcome outcome = Shell.run(block.text(), Repository.ROOT, Map.of("PLUMBLINE_URL", url));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isNotBlank();
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void theJavaProgramPrintsASegmentPerLine(@TempDir Path folder) throws Exception {
    String program = readme.block("java", "class Revenue").text();
    Path file = folder.resolve("Revenue.java");
    Files.writeString(file, program.replace("http://127.0.0.1:8765", url));
    Path driver = Path.of("target", "drivers", "avatica-1.27.0.jar").toAbsolutePath();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Outcome outcome =
        Shell.run("'" + java + "' -cp '" + driver + "' Revenue.java", folder, Map.of());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines())
        .hasSize(4)
        .anyMatch(line -> line.matches("Enterprise \\d+\\.\\d+"));
  }

  @Test
  void theSecondServerOnAPortSaysThatItIsTaken() throws Exception {
    Outcome outcome = plumbline("demo --port " + url.substring(url.lastIndexOf(':') + 1));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("is taken").doesNotContain("\tat ");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @Test
  void aWrongPasswordIsOneClearLine() throws Exception {
    Outcome outcome = plumbline("query --user analyst --password wrong 'select 1'");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).isEqualTo("28P01: invalid user name or password\n");
  }

  @Test
  void everyTextOfTheReadmeIsOutputOfSomething() {
    List<Block> alone = readme.blocks("text");
    assertThat(alone).hasSize(1);
  }

  private Outcome plumbline(String arguments) throws Exception {
    return Shell.run("./plumbline " + arguments, Repository.ROOT, Map.of("PLUMBLINE_URL", url));
  }
}
