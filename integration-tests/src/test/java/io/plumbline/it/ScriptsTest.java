package io.plumbline.it;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every statement of every script in {@code scripts/<company>/}, over the wire. With {@code
 * -Dscripts.update=true} what the server answers is written to {@code target/scripts/} as well, for
 * comparison by eye.
 */
@ExtendWith(Companies.class)
class ScriptsTest {

  private static final boolean UPDATE = Boolean.getBoolean("scripts.update");

  @TestFactory
  Stream<DynamicNode> golden(@Company("golden") RunningCompany company) throws Exception {
    return scripts(company);
  }

  @TestFactory
  Stream<DynamicNode> cloudflow(@Company("cloudflow") RunningCompany company) throws Exception {
    return scripts(company);
  }

  private static Stream<DynamicNode> scripts(RunningCompany company)
      throws IOException, URISyntaxException {
    URL folder =
        Objects.requireNonNull(ScriptsTest.class.getResource("/scripts/" + company.name()));
    try (Stream<Path> files = Files.walk(Path.of(folder.toURI()))) {
      return files.filter(file -> file.toString().endsWith(".iq")).sorted().toList().stream()
          .map(file -> script(company, file));
    }
  }

  private static DynamicContainer script(RunningCompany company, Path file) {
    String name = String.valueOf(file.getFileName());
    List<ScriptStatement> statements;
    try {
      statements = new ScriptReader(name, Files.readString(file)).read();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    ScriptRun run = new ScriptRun(company);
    Stream<DynamicTest> tests =
        statements.stream()
            .map(
                statement ->
                    dynamicTest(
                        name + ":" + statement.line() + " " + statement.title(),
                        () -> run.check(statement)));
    Stream<DynamicTest> update =
        UPDATE
            ? Stream.of(dynamicTest("update", () -> update(run, name, statements)))
            : Stream.of();
    Stream<DynamicTest> end = Stream.of(dynamicTest(name + " disconnects", run::close));
    return dynamicContainer(name, Stream.of(tests, update, end).flatMap(t -> t));
  }

  private static void update(ScriptRun run, String name, List<ScriptStatement> statements)
      throws SQLException, IOException {
    List<String> lines = new ArrayList<>();
    for (ScriptStatement statement : statements) {
      lines.add("-- line " + statement.line() + ", " + statement.user() + ": " + statement.title());
      lines.add(statement.sql() + ";");
      lines.addAll(run.actual(statement));
      lines.add("");
    }
    Path folder = Files.createDirectories(Path.of("target", "scripts"));
    Files.write(folder.resolve(name), lines);
  }
}
