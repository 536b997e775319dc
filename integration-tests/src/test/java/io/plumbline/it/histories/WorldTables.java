package io.plumbline.it.histories;

import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.it.histories.World.Account;
import io.plumbline.it.histories.World.Interval;
import io.plumbline.it.histories.World.Rate;
import io.plumbline.it.histories.World.Spell;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a world into tables of the schema {@code histories}. */
final class WorldTables {

  private final Connection connection;

  private WorldTables(Connection connection) {
    this.connection = connection;
  }

  static void load(World world, EmbeddedWarehouse warehouse) throws SQLException {
    try (Connection connection = warehouse.owner()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(HistoriesEngine.resource("tables.sql"));
      }
      WorldTables tables = new WorldTables(connection);
      tables.insert("accounts", 5, world.accounts(), WorldTables::account);
      for (Account account : world.accounts()) {
        tables.insert("managers", 4, account.managers(), spell -> spell(account, spell));
      }
      tables.insert("intervals", 12, world.intervals(), WorldTables::interval);
      tables.insert("rates", 4, world.rates(), rate -> rate(rate, "spot"));
      tables.insert("rates", 4, world.rates(), WorldTables::budget);
      try (Statement statement = connection.createStatement()) {
        statement.execute("analyze");
      }
      connection.commit();
    }
    warehouse.publish(List.of("histories"));
  }

  private interface Cells<T> {
    List<@Nullable Object> of(T row);
  }

  private <T> void insert(String table, int columns, List<T> rows, Cells<T> cells)
      throws SQLException {
    String places = "?, ".repeat(columns - 1) + "?";
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into histories." + table + " values (" + places + ")")) {
      for (T row : rows) {
        List<@Nullable Object> values = cells.of(row);
        for (int i = 0; i < columns; i++) {
          insert.setObject(i + 1, values.get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static List<@Nullable Object> account(Account account) {
    Optional<Spell> last = account.managers().stream().reduce((a, b) -> b);
    return java.util.Arrays.asList(
        account.id(),
        account.history(),
        account.internal(),
        last.map(Spell::manager).orElse(null),
        LocalDate.of(2023, 12, 1).atStartOfDay());
  }

  private static List<@Nullable Object> spell(Account account, Spell spell) {
    return java.util.Arrays.asList(
        account.id(), spell.manager(), spell.from(), spell.to().orElse(null));
  }

  private static List<@Nullable Object> interval(Interval i) {
    return java.util.Arrays.asList(
        i.id(),
        i.account(),
        i.status(),
        i.quantity(),
        i.cents(),
        i.currency(),
        i.months(),
        i.discountPercent(),
        time(Optional.of(i.from())),
        time(i.to()),
        time(Optional.of(i.recordedFrom())),
        time(i.recordedTo()));
  }

  private static @Nullable Object time(Optional<Instant> instant) {
    return instant.map(i -> i.atOffset(ZoneOffset.UTC)).orElse(null);
  }

  private static List<@Nullable Object> rate(Rate rate, String kind) {
    return java.util.Arrays.asList(rate.currency(), kind, rate.from(), rate.dollars());
  }

  /** Rates of another kind, which nobody asks for. */
  private static List<@Nullable Object> budget(Rate rate) {
    BigDecimal wrong = rate.dollars().multiply(BigDecimal.TEN);
    return rate(new Rate(rate.currency(), rate.from().minusDays(3), wrong), "budget");
  }
}
