package io.plumbline.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The published Avatica driver, as a user's tool loads it: from its own jar, in a class loader that
 * sees nothing of this project.
 */
final class StockDriver {

  /** The build copies the jars here. */
  private static final Path JARS = Path.of("target", "drivers");

  /** How requests and answers are written. */
  enum Serialization {
    JSON,
    PROTOBUF
  }

  private final Driver driver;

  private StockDriver(Driver driver) {
    this.driver = driver;
  }

  /** The driver of a version; 1.28.0 needs slf4j-api beside it. */
  static StockDriver load(String version) {
    URL[] jars = {jar("avatica-" + version + ".jar"), jar("slf4j-api.jar")};
    URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
    try {
      Class<?> type = loader.loadClass("org.apache.calcite.avatica.remote.Driver");
      return new StockDriver((Driver) type.getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The driver " + version + " does not load", e);
    }
  }

  private static URL jar(String name) {
    Path path = JARS.resolve(name).toAbsolutePath();
    if (!Files.exists(path)) {
      throw new UncheckedIOException(new IOException(path + " is missing: run the build once"));
    }
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  Connection connect(String url, Serialization serialization, Properties properties)
      throws SQLException {
    return driver.connect(
        "jdbc:avatica:remote:url=" + url + ";serialization=" + serialization, properties);
  }
}
