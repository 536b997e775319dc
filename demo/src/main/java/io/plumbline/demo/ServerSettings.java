package io.plumbline.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * How the embedded server runs: sized for two cores and a laptop's memory, analytical queries
 * first.
 */
final class ServerSettings {
  private static final long ENOUGH_SHARED_MEMORY = 1L << 30;

  private ServerSettings() {}

  static EmbeddedPostgres.Builder temporary(Path data) {
    return common()
        .setDataDirectory(data)
        .setCleanDataDirectory(true)
        .setServerConfig("fsync", "off")
        .setServerConfig("full_page_writes", "off")
        .setServerConfig("synchronous_commit", "off");
  }

  static EmbeddedPostgres.Builder kept(Path data, String password) {
    return common()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setConnectConfig("password", password)
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on");
  }

  private static EmbeddedPostgres.Builder common() {
    EmbeddedPostgres.Builder settings = usual();
    return linux() && sharedMemoryIsSmall()
        ? settings.setServerConfig("dynamic_shared_memory_type", "mmap")
        : settings;
  }

  private static EmbeddedPostgres.Builder usual() {
    return EmbeddedPostgres.builder()
        .setRegisterShutdownHook(false) // the warehouse has its own, which also releases its folder
        .setPGStartupWait(Duration.ofSeconds(60))
        .setOutputRedirector(Redirect.DISCARD)
        .setErrorRedirector(Redirect.DISCARD)
        .setLocaleConfig("lc-collate", "C") // the same order of text on every machine
        .setLocaleConfig("lc-ctype", linux() ? "C.UTF-8" : "C")
        .setLocaleConfig("lc-messages", "C")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("timezone", "UTC")
        .setServerConfig("max_connections", "100")
        .setServerConfig("shared_buffers", "256MB")
        .setServerConfig("work_mem", "64MB")
        .setServerConfig("maintenance_work_mem", "256MB")
        .setServerConfig("effective_cache_size", "2GB")
        .setServerConfig("random_page_cost", "1.1")
        .setServerConfig("max_wal_size", "4GB")
        .setServerConfig(
            "wal_level", "minimal") // a table loaded in the transaction that made it is not logged
        .setServerConfig("max_wal_senders", "0")
        .setServerConfig("jit", "off");
  }

  /**
   * Containers often have 64 MB, which parallel queries use up; files in the data directory do as
   * well.
   */
  private static boolean sharedMemoryIsSmall() {
    try {
      return Files.getFileStore(Path.of("/dev/shm")).getTotalSpace() < ENOUGH_SHARED_MEMORY;
    } catch (IOException noSuchFileSystem) {
      return true;
    }
  }

  private static boolean linux() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
  }
}
