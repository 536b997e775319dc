package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that starts a warehouse, loads a table and waits to be killed, as a user's {@code kill
 * -9} would.
 */
final class OrphanedServer {
  private OrphanedServer() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(Optional.of(Path.of(arguments[0])));
    EmbeddedWarehouseTest.createNumbers(warehouse);
    System.out.println("ready");
    TimeUnit.MINUTES.sleep(1);
    warehouse.close();
  }

  /** Runs the process, kills it, and returns the number of the PostgreSQL process that is left. */
  static long leaveBehind(Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OrphanedServer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var output = process.inputReader()) {
      assertThat(output.lines().filter("ready"::equals).findFirst()).isPresent();
    } finally {
      process.destroyForcibly().waitFor();
    }
    return Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).trim());
  }
}
