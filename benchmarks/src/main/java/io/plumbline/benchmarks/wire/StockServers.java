package io.plumbline.benchmarks.wire;

import io.plumbline.benchmarks.ChildJvm;
import io.plumbline.benchmarks.WarehouseAddress;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Avatica's own server, in processes whose class path is theirs alone. */
final class StockServers {

  private final Path folder;

  /**
   * @param folder its jars and the source of its main class
   */
  private StockServers(Path folder) {
    this.folder = folder;
  }

  /** Those that the build has put beside this program. */
  static StockServers built() throws IOException, URISyntaxException {
    Path program =
        Path.of(StockServers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = program.resolveSibling("stock-server");
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is missing. Build the module with: mvn package");
    }
    return new StockServers(folder);
  }

  ChildJvm start(WarehouseAddress address, String serialization, String heap) throws IOException {
    return ChildJvm.start(
        List.of(
            "-Xmx" + heap,
            "-cp",
            folder.resolve("*").toString(),
            folder.resolve("StockServer.java").toString(),
            address.url(),
            address.user(),
            address.password(),
            serialization));
  }
}
