package io.plumbline.it.histories;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Everything that happened to some accounts, in several histories that know nothing of each other.
 */
record World(List<Account> accounts, List<Interval> intervals, List<Rate> rates) {

  /** The last day of which anything is known. */
  static final LocalDate AS_OF = LocalDate.of(2025, 12, 31);

  World {
    accounts = List.copyOf(accounts);
    intervals = List.copyOf(intervals);
    rates = List.copyOf(rates);
  }

  /**
   * @param history the history that it belongs to
   * @param managers who looked after it, from when to when; may have gaps
   */
  record Account(String id, String history, boolean internal, List<Spell> managers) {
    Account {
      managers = List.copyOf(managers);
    }
  }

  /** A manager of an account on the days {@code [from, to)}. */
  record Spell(String manager, LocalDate from, Optional<LocalDate> to) {}

  /**
   * A row of the history of a subscription, as the warehouse holds it.
   *
   * @param id of the row; an exact copy has the same
   * @param account may be one that does not exist
   * @param cents for one piece and one billing interval
   * @param months of a billing interval
   */
  record Interval(
      String id,
      String account,
      String status,
      int quantity,
      long cents,
      String currency,
      int months,
      int discountPercent,
      Instant from,
      Optional<Instant> to,
      Instant recordedFrom,
      Optional<Instant> recordedTo) {

    boolean pays() {
      return (status.equals("active") || status.equals("past_due")) && monthly().signum() > 0;
    }

    /** For a month; amounts are drawn so that this is exact. */
    BigDecimal monthly() {
      return BigDecimal.valueOf(quantity * cents * (100L - discountPercent))
          .divide(BigDecimal.valueOf(10_000L * months));
    }
  }

  /** What one unit of a currency is worth in US dollars from a day on. */
  record Rate(String currency, LocalDate from, BigDecimal dollars) {}
}
