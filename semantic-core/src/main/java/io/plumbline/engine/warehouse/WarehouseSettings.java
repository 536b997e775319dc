package io.plumbline.engine.warehouse;

import java.time.Duration;

/**
 * How to reach the warehouse.
 *
 * @param url a PostgreSQL JDBC URL
 * @param user a login that may only read
 * @param poolSize connections at most; a statement that finds none waits for {@code
 *     connectionTimeout}
 * @param statementTimeout what a statement may take in the warehouse; zero for no limit
 */
public record WarehouseSettings(
    String url,
    String user,
    String password,
    int poolSize,
    Duration connectionTimeout,
    Duration statementTimeout) {

  public WarehouseSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "warehouse url must start with jdbc:postgresql: but is " + url);
    }
    if (poolSize < 1) {
      throw new IllegalArgumentException("warehouse pool size must be at least 1");
    }
  }

  /** Ten connections, 10 s to get one, no limit for statements. */
  public static WarehouseSettings of(String url, String user, String password) {
    return new WarehouseSettings(url, user, password, 10, Duration.ofSeconds(10), Duration.ZERO);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "WarehouseSettings[url=" + url + ", user=" + user + ", poolSize=" + poolSize + "]";
  }
}
