package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLLine as people start it: a process with the published driver on its class path. */
@ExtendWith(Companies.class)
class SqlLineTest {

  private final RunningCompany company;
  @TempDir private Path home;

  SqlLineTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @ParameterizedTest
  @ValueSource(strings = {"movements_month_utc", "movements_month_los_angeles"})
  void everyCellIsThatOfTheFile(String file) throws IOException, InterruptedException {
    GoldenFile golden = GoldenFile.read(file);
    List<String> lines =
        sqlLine(String.join(";\n", golden.query()) + ";").stream()
            .filter(line -> line.startsWith("'"))
            .toList();
    Grid actual =
        new Grid(
            cells(lines.get(0)), lines.subList(1, lines.size()).stream().map(this::cells).toList());
    assertThat(golden.compare(actual)).isEqualTo(15 * (1 + golden.metrics().size()));
  }

  @Test
  void listsTables() throws IOException, InterruptedException {
    assertThat(String.join("\n", sqlLine("!tables"))).contains("revenue").contains("accounts");
  }

  @Test
  void showsAnErrorInOneLineWithoutStackTrace() throws IOException, InterruptedException {
    String output = String.join("\n", sqlLine("select segmnt from metrics.revenue;"));
    assertThat(output).contains("segmnt").contains("segment").doesNotContain("\tat io.plumbline");
  }

  private List<String> cells(String line) {
    return Arrays.stream(line.split(","))
        .map(cell -> cell.substring(1, cell.length() - 1))
        .toList();
  }

  private List<String> sqlLine(String commands) throws IOException, InterruptedException {
    Path script = Files.writeString(home.resolve("commands.sql"), commands + "\n!quit\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-cp",
                classPath(),
                "sqlline.SqlLine",
                "-d",
                "org.apache.calcite.avatica.remote.Driver",
                "-u",
                "jdbc:avatica:remote:url=" + company.url() + ";serialization=PROTOBUF",
                "-n",
                "analyst",
                "-p",
                "analyst",
                "--outputformat=csv",
                "--run=" + script)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output.txt").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("SQLLine ends").isTrue();
    return Files.readAllLines(home.resolve("output.txt"), StandardCharsets.UTF_8);
  }

  /** SQLLine and what it needs from the class path of the tests, and the published driver. */
  private static String classPath() {
    Stream<String> own =
        Arrays.stream(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator))
            .filter(entry -> entry.matches(".*(sqlline|jline)[^/]*\\.jar"));
    Stream<String> driver =
        Stream.of("avatica-1.28.0.jar", "slf4j-api.jar")
            .map(name -> Path.of("target", "drivers", name).toAbsolutePath().toString());
    return Stream.concat(own, driver).collect(Collectors.joining(File.pathSeparator));
  }
}
