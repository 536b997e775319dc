package io.plumbline.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Another company in the files of the golden one, drawn from a seed, and nastier: accounts in
 * several currencies, rates that change inside months, changes at midnights of several zones,
 * overlaps, gaps, repeated, superseded, inverted and open-ended rows, empty segments.
 */
final class RandomCompanyFiles {

  private static final List<String> UNCHANGED =
      List.of(
          "churn_stints",
          "nps_responses",
          "nps_users",
          "stripe_invoice_lines",
          "stripe_invoices",
          "stripe_refunds",
          "subscription_events",
          "subscriptions_current_state_2026-03-31",
          "trials",
          "unit_economics",
          "user_activity");
  private static final List<String> CURRENCIES = List.of("USD", "USD", "EUR", "GBP");
  private static final LocalDate BEGIN = LocalDate.of(2024, 6, 1);
  private static final int ACCOUNTS = 60;

  private final Random random;
  private int intervals;

  RandomCompanyFiles(long seed) {
    this.random = new Random(seed);
  }

  void writeTo(Path folder) throws IOException {
    for (String name : UNCHANGED) {
      String file = name + ".csv";
      Files.writeString(
          folder.resolve(file), RunningCompany.resource("/io/plumbline/demo/golden/input/" + file));
    }
    Files.write(folder.resolve("accounts.csv"), accounts());
    Files.write(folder.resolve("fx_rates.csv"), rates());
    Files.write(folder.resolve("subscription_intervals.csv"), allIntervals());
  }

  private List<String> accounts() {
    List<String> lines = new ArrayList<>();
    lines.add("account_id,name,segment,region,currency,created_at_utc,is_internal,csm,ae");
    for (int i = 0; i < ACCOUNTS; i++) {
      lines.add(
          String.join(
              ",",
              account(i),
              "Company " + i,
              one("Enterprise", "Mid-Market", "SMB", ""),
              one("NA", "EMEA", "APAC"),
              one("USD", "EUR", "GBP"),
              instant().toString(),
              String.valueOf(random.nextInt(12) == 0),
              one("chen", "diaz", ""),
              one("ruiz", "okoye", "")));
    }
    return lines;
  }

  private List<String> rates() {
    List<String> lines = new ArrayList<>();
    lines.add("currency,valid_from,usd_rate");
    lines.add("USD,2020-01-01,1");
    for (String currency : List.of("EUR", "GBP")) {
      lines.add(currency + ",2020-01-01,1.1");
      LocalDate day = BEGIN;
      for (int i = 0; i < 15; i++) {
        day = day.plusDays(1 + random.nextInt(80));
        lines.add(currency + "," + day + ",1." + (100 + random.nextInt(400)));
      }
    }
    return lines;
  }

  private List<String> allIntervals() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS + 3; i++) {
      int subscriptions = random.nextInt(4);
      for (int s = 0; s < subscriptions; s++) {
        addSubscription(lines, account(i), account(i) + "-S" + s);
      }
    }
    int once = lines.size();
    for (int i = 0; i < once / 20; i++) {
      lines.add(lines.get(random.nextInt(once)));
    }
    lines.add(
        0,
        "interval_id,subscription_id,account_id,plan_code,status,quantity,unit_amount_cents,"
            + "currency,bill_interval,bill_interval_count,discount_percent,discount_duration,"
            + "valid_from_utc,valid_to_utc,recorded_from_utc,recorded_to_utc,reason");
    return lines;
  }

  /** Pieces one after the other, mostly touching, sometimes with a gap or an overlap. */
  private void addSubscription(List<String> lines, String account, String subscription) {
    String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
    Instant from = instant();
    int pieces = 1 + random.nextInt(6);
    for (int i = 0; i < pieces; i++) {
      Instant to = later(from);
      boolean open = i == pieces - 1 && random.nextBoolean();
      addInterval(lines, account, subscription, currency, from, open ? "" : to + "");
      from = random.nextInt(4) == 0 ? later(to) : to;
    }
    if (random.nextInt(10) == 0) {
      addInterval(lines, account, subscription, currency, later(from), from + "");
    }
  }

  private void addInterval(
      List<String> lines,
      String account,
      String subscription,
      String currency,
      Instant from,
      String to) {
    String discount = one("", "", "10", "25", "100");
    lines.add(
        String.join(
            ",",
            "R" + intervals++,
            subscription,
            account,
            "plan",
            one("active", "active", "active", "past_due", "paused", "trialing", "canceled"),
            String.valueOf(1 + random.nextInt(9)),
            random.nextInt(15) == 0 ? "0" : String.valueOf(100 + random.nextInt(90_000)),
            currency,
            one("month", "month", "year"),
            one("1", "1", "2", "3"),
            discount,
            discount.isEmpty() ? "" : one("once", "forever", "repeating"),
            from.toString(),
            to,
            from.toString(),
            random.nextInt(12) == 0 ? "2026-01-15T00:00:00Z" : "",
            "random"));
  }

  private static String account(int i) {
    return "R" + (100 + i);
  }

  /** Some instant of the history, often a midnight of some zone. */
  private Instant instant() {
    LocalDate day = BEGIN.plusDays(random.nextInt(600));
    return at(day);
  }

  private Instant later(Instant from) {
    LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC).plusDays(1 + random.nextInt(150));
    return at(random.nextInt(3) == 0 ? day.withDayOfMonth(1).plusMonths(1) : day);
  }

  private Instant at(LocalDate day) {
    return switch (random.nextInt(4)) {
      case 0 -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
      case 1 -> day.atStartOfDay(ZoneId.of("America/Los_Angeles")).toInstant();
      case 2 -> day.atTime(random.nextInt(24), random.nextInt(60)).toInstant(ZoneOffset.UTC);
      default -> day.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    };
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
