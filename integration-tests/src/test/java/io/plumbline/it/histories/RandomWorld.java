package io.plumbline.it.histories;

import io.plumbline.it.histories.World.Account;
import io.plumbline.it.histories.World.Interval;
import io.plumbline.it.histories.World.Rate;
import io.plumbline.it.histories.World.Spell;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Draws histories from a seed: upgrades, downgrades, returns, pauses, trials, several
 * subscriptions, changes at bounds of periods and in the hours that daylight saving repeats or
 * leaves out, several currencies, rows that were known late, copies, managers who change.
 */
final class RandomWorld {

  private static final LocalDate BEGIN = LocalDate.of(2024, 1, 1);
  private static final int DAYS = 730;
  private static final int EVENTS = 20;
  private static final List<ZoneId> ZONES =
      List.of(ZoneOffset.UTC, ZoneId.of("America/New_York"), ZoneId.of("Europe/Berlin"));

  /** Hours around a change of the clock. */
  private static final List<Instant> CLOCK_CHANGES =
      List.of(
          Instant.parse("2024-03-10T07:00:00Z"),
          Instant.parse("2024-11-03T05:30:00Z"),
          Instant.parse("2024-11-03T06:30:00Z"),
          Instant.parse("2025-03-30T00:59:59Z"),
          Instant.parse("2025-10-26T00:30:00Z"),
          Instant.parse("2025-10-26T01:30:00Z"));

  private final Random random;
  private final List<Account> accounts = new ArrayList<>();
  private final List<Interval> intervals = new ArrayList<>();

  private RandomWorld(long seed) {
    this.random = new Random(seed);
  }

  /** So many histories; the first of a seed are the same whatever their number. */
  static World of(long seed, int histories) {
    List<Account> accounts = new ArrayList<>();
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < histories; i++) {
      RandomWorld one = new RandomWorld(seed * 1_000_003 + i);
      one.draw("H%d-%03d".formatted(seed, i));
      accounts.addAll(one.accounts);
      intervals.addAll(one.intervals);
    }
    return new World(accounts, intervals, new RandomWorld(seed).rates());
  }

  private void draw(String history) {
    int several = 5 + random.nextInt(3);
    for (int i = 0; i < several; i++) {
      String id = history + "-A" + i;
      accounts.add(new Account(id, history, random.nextInt(15) == 0, managers()));
      addSubscriptions(id);
    }
    while (intervals.size() < EVENTS) {
      addSubscriptions(accounts.get(random.nextInt(accounts.size())).id());
    }
    if (random.nextInt(4) == 0) {
      addSubscriptions(history + "-orphan");
    }
    int once = intervals.size();
    for (int i = 0; i < once / 15; i++) {
      intervals.add(intervals.get(random.nextInt(once)));
    }
  }

  private List<Spell> managers() {
    List<Spell> spells = new ArrayList<>();
    LocalDate day = BEGIN.minusDays(random.nextInt(60)).plusDays(random.nextInt(60));
    int several = random.nextInt(4);
    for (int i = 0; i < several; i++) {
      LocalDate end = nextDay(day);
      boolean open = i == several - 1 && random.nextBoolean();
      spells.add(new Spell(one("ada", "ben"), day, open ? Optional.empty() : Optional.of(end)));
      day = random.nextInt(4) == 0 ? nextDay(end) : end;
    }
    return spells;
  }

  private LocalDate nextDay(LocalDate day) {
    LocalDate next = day.plusDays(1 + random.nextInt(200));
    return random.nextInt(3) == 0 ? next.plusMonths(1).withDayOfMonth(1) : next;
  }

  // ---- subscriptions ----

  private void addSubscriptions(String account) {
    int several = 1 + random.nextInt(2);
    String currency = one("USD", "USD", "EUR", "GBP");
    for (int i = 0; i < several; i++) {
      addSubscription(account, random.nextInt(5) == 0 ? one("USD", "EUR", "GBP") : currency);
    }
  }

  /** Pieces one after the other, now and then with a gap, an overlap, or a late booking. */
  private void addSubscription(String account, String currency) {
    Instant from = instant();
    int pieces = 1 + random.nextInt(5);
    for (int i = 0; i < pieces; i++) {
      Instant to = after(from);
      boolean open = i == pieces - 1 && random.nextInt(3) > 0;
      String status = i == 0 ? one("trialing", "active", "active") : anyStatus();
      add(account, currency, status, from, open ? Optional.empty() : Optional.of(to));
      from = nextStart(to);
    }
  }

  private String anyStatus() {
    return one("active", "active", "active", "active", "past_due", "paused", "unpaid", "canceled");
  }

  private Instant nextStart(Instant to) {
    return switch (random.nextInt(6)) {
      case 0 -> after(to);
      case 1 -> to.minus(Duration.ofDays(1 + random.nextInt(5)));
      default -> to;
    };
  }

  private void add(
      String account, String currency, String status, Instant from, Optional<Instant> to) {
    Interval known = interval(account, currency, status, from, to);
    boolean late = to.isPresent() && random.nextInt(5) == 0;
    if (!late) {
      intervals.add(known);
      return;
    }
    Instant booked = to.get().plus(Duration.ofDays(1 + random.nextInt(40)));
    intervals.add(version(known, "-believed", Optional.empty(), from, Optional.of(booked)));
    intervals.add(version(known, "", to, booked, Optional.empty()));
  }

  private Interval interval(
      String account, String currency, String status, Instant from, Optional<Instant> to) {
    return new Interval(
        account + "-" + intervals.size(),
        account,
        status,
        1 + random.nextInt(4),
        random.nextInt(20) == 0 ? 0 : 1200L * (1 + random.nextInt(9)),
        currency,
        random.nextInt(3) == 0 ? 12 : 1,
        random.nextInt(6) == 0 ? 25 : 0,
        from,
        to,
        from,
        Optional.empty());
  }

  private static Interval version(
      Interval i, String suffix, Optional<Instant> to, Instant known, Optional<Instant> until) {
    return new Interval(
        i.id() + suffix,
        i.account(),
        i.status(),
        i.quantity(),
        i.cents(),
        i.currency(),
        i.months(),
        i.discountPercent(),
        i.from(),
        to,
        known,
        until);
  }

  // ---- time ----

  private Instant instant() {
    return at(BEGIN.plusDays(random.nextInt(DAYS)));
  }

  private Instant after(Instant from) {
    LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC);
    Instant next = at(day.plusDays(1 + random.nextInt(random.nextInt(3) == 0 ? 5 : 160)));
    return next.isAfter(from) ? next : from.plus(Duration.ofHours(30));
  }

  private Instant at(LocalDate day) {
    ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
    return switch (random.nextInt(6)) {
      case 0 -> day.atStartOfDay(zone).toInstant();
      case 1 -> day.withDayOfMonth(1).atStartOfDay(zone).toInstant();
      case 2 -> near(day);
      default -> day.atTime(random.nextInt(24), random.nextInt(60)).toInstant(ZoneOffset.UTC);
    };
  }

  /** The first change of the clock after a day, else its noon. */
  private static Instant near(LocalDate day) {
    Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    return CLOCK_CHANGES.stream().filter(c -> c.isAfter(noon)).findFirst().orElse(noon);
  }

  private List<Rate> rates() {
    List<Rate> rates = new ArrayList<>();
    rates.add(new Rate("USD", LocalDate.of(2020, 1, 1), BigDecimal.ONE));
    for (String currency : List.of("EUR", "GBP")) {
      LocalDate day = LocalDate.of(2020, 1, 1);
      while (day.isBefore(World.AS_OF)) {
        rates.add(new Rate(currency, day, new BigDecimal("1." + (100 + random.nextInt(400)))));
        day = day.isBefore(BEGIN.minusYears(1)) ? BEGIN.minusYears(1) : nextDay(day);
      }
    }
    return rates;
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
