package io.plumbline.server.http;

import io.plumbline.server.wire.WireLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where and how to serve.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param tls for HTTPS; without it the server speaks HTTP
 * @param compression whether large answers are compressed for clients that can read it
 * @param requestBytes a larger request is refused before anything is asked about its sender
 * @param workers calls that are answered at the same time
 */
public record ServerSettings(
    String host,
    int port,
    Optional<Tls> tls,
    Compression compression,
    int requestBytes,
    int workers,
    WireLimits limits) {

  /**
   * HTTPS.
   *
   * @param identity the server's key and certificate
   * @param clients authorities whose certificates of clients are trusted; without any, clients are
   *     not asked for one
   */
  public record Tls(Keystore identity, Optional<Keystore> clients) {}

  /** A file that Java reads (PKCS12 or JKS). */
  public record Keystore(Path file, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Keystore[" + file + "]";
    }
  }

  /** Compression costs more than it gains unless there is a network in between. */
  public enum Compression {
    /** For clients on other machines. */
    REMOTE,
    ALWAYS,
    NEVER
  }

  public ServerSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port is between 0 and 65535, not " + port);
    }
  }

  /** On this machine only, everything else as usual. */
  public static ServerSettings loopback(int port) {
    return new ServerSettings(
        "127.0.0.1",
        port,
        Optional.empty(),
        Compression.REMOTE,
        16 << 20,
        256,
        WireLimits.defaults());
  }

  public ServerSettings withHost(String name) {
    return new ServerSettings(name, port, tls, compression, requestBytes, workers, limits);
  }

  public ServerSettings withTls(Tls how) {
    return new ServerSettings(
        host, port, Optional.of(how), compression, requestBytes, workers, limits);
  }

  public ServerSettings withCompression(Compression when) {
    return new ServerSettings(host, port, tls, when, requestBytes, workers, limits);
  }

  public ServerSettings withLimits(WireLimits other) {
    return new ServerSettings(host, port, tls, compression, requestBytes, workers, other);
  }
}
