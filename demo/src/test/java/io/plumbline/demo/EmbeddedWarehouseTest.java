package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedWarehouseTest {

  @Test
  void readerReadsWhatIsPublishedAndNothingElse() throws Exception {
    try (EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(Optional.empty())) {
      createNumbers(warehouse);
      try (Connection reader = warehouse.reader();
          Statement statement = reader.createStatement()) {
        assertThat(single(statement, "select count(*) from shop.numbers")).isEqualTo("3");
        assertThat(single(statement, "show timezone")).isEqualTo("Asia/Kolkata");
        assertThatThrownBy(() -> statement.execute("insert into shop.numbers values (4)"))
            .hasMessageContaining("read-only transaction");
        statement.execute("set default_transaction_read_only = off");
        assertThatThrownBy(() -> statement.execute("insert into shop.numbers values (4)"))
            .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> statement.execute("create temporary table x (n int)"))
            .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> statement.execute("select * from hidden.secrets"))
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void everyLoginNeedsItsPassword() {
    try (EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(Optional.empty())) {
      for (String user : List.of("postgres", EmbeddedWarehouse.OWNER, EmbeddedWarehouse.READER)) {
        assertThatThrownBy(() -> DriverManager.getConnection(warehouse.jdbcUrl(), user, "wrong"))
            .hasMessageContaining("password authentication failed");
      }
    }
  }

  @Test
  void closeStopsTheServer() throws Exception {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(Optional.empty());
    Path data = dataDirectory(warehouse);
    assertThat(data).exists();
    warehouse.close();
    assertThatThrownBy(warehouse::owner).isInstanceOf(SQLException.class);
    assertThat(data).doesNotExist();
  }

  @Test
  void keptDataSurviveARestart(@TempDir Path folder) throws Exception {
    try (EmbeddedWarehouse first = EmbeddedWarehouse.start(Optional.of(folder))) {
      createNumbers(first);
    }
    try (EmbeddedWarehouse second = EmbeddedWarehouse.start(Optional.of(folder));
        Connection reader = second.reader();
        Statement statement = reader.createStatement()) {
      assertThat(single(statement, "select count(*) from shop.numbers")).isEqualTo("3");
      assertThat(single(statement, "show fsync")).isEqualTo("on");
    }
  }

  @Test
  void aFolderInUseIsRefused(@TempDir Path folder) {
    try (EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(Optional.of(folder))) {
      assertThat(warehouse.port()).isPositive();
      assertThatThrownBy(() -> EmbeddedWarehouse.start(Optional.of(folder)))
          .isInstanceOf(DemoException.class)
          .hasMessageContaining("in use by another Plumbline");
    }
  }

  @Test
  void aServerThatOutlivedItsProcessIsReplaced(@TempDir Path folder) throws Exception {
    long orphan = OrphanedServer.leaveBehind(folder);
    assertThat(ProcessHandle.of(orphan)).isPresent();
    try (EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(Optional.of(folder));
        Connection reader = warehouse.reader();
        Statement statement = reader.createStatement()) {
      assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(single(statement, "select count(*) from shop.numbers")).isEqualTo("3");
    }
  }

  @Test
  void whatAKilledProcessLeftBehindIsCleared(@TempDir Path parent) throws Exception {
    Path left = parent.resolve("999999999-1-gone");
    long orphan = OrphanedServer.leaveBehind(left);
    Path fresh = new TemporaryHomes(parent).create();
    assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(left).doesNotExist();
    assertThat(new TemporaryHomes(parent).create()).isNotEqualTo(fresh);
    assertThat(fresh).exists();
  }

  @Test
  void aStaleProcessFileIsIgnored(@TempDir Path folder) throws Exception {
    try (EmbeddedWarehouse first = EmbeddedWarehouse.start(Optional.of(folder))) {
      createNumbers(first);
    }
    Path file = folder.resolve("data/postmaster.pid");
    Files.writeString(file, ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n");
    try (EmbeddedWarehouse second = EmbeddedWarehouse.start(Optional.of(folder))) {
      assertThat(second.port()).isPositive();
    }
  }

  static void createNumbers(EmbeddedWarehouse warehouse) throws SQLException {
    try (Connection owner = warehouse.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("create schema shop");
      statement.execute("create schema hidden");
      statement.execute("create table hidden.secrets (n int)");
      warehouse.publish(List.of("shop"));
      statement.execute("create table shop.numbers as select n from generate_series(1, 3) n");
    }
  }

  private static Path dataDirectory(EmbeddedWarehouse warehouse) throws SQLException {
    try (Connection owner = warehouse.owner();
        Statement statement = owner.createStatement()) {
      return Path.of(single(statement, "show data_directory"));
    }
  }

  private static String single(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
