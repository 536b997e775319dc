package io.plumbline.demo.cloudflow.history;

import io.plumbline.demo.cloudflow.history.Plan.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every plan on sale: tiers x intervals x currencies, and the free one. */
public final class PlanCatalog {
  public static final List<String> TIERS = List.of("starter", "team", "business", "enterprise");

  private static final Map<String, Long> MONTHLY_CENTS =
      Map.of("starter", 1_200L, "team", 2_400L, "business", 4_500L, "enterprise", 6_600L);
  private static final Map<String, Integer> SEATS =
      Map.of("starter", 1, "team", 3, "business", 10, "enterprise", 50);
  private static final int YEN_PER_DOLLAR = 150;

  /** Ten months are paid for a year. */
  private static final int ANNUAL_MONTHS_PAID = 10;

  private final Map<String, Plan> plans = new LinkedHashMap<>();

  public PlanCatalog() {
    add(new Plan("free", "free", Interval.MONTHLY, Currency.USD, 0, 1));
    for (String tier : TIERS) {
      for (Interval interval : Interval.values()) {
        for (Currency currency : Currency.values()) {
          long amount =
              price(tier, interval)
                  / (100 / currency.minorUnits())
                  * (currency == Currency.JPY ? YEN_PER_DOLLAR : 1);
          add(
              new Plan(
                  id(tier, interval, currency), tier, interval, currency, amount, SEATS.get(tier)));
        }
      }
    }
  }

  public List<Plan> all() {
    return new ArrayList<>(plans.values());
  }

  public Plan free() {
    return plan("free");
  }

  Plan plan(String tier, Interval interval, Currency currency) {
    return plan(id(tier, interval, currency));
  }

  /** The next tier up, at the same interval and currency; the highest stays. */
  Plan above(Plan plan) {
    int next = Math.min(TIERS.indexOf(plan.tier()) + 1, TIERS.size() - 1);
    return plan(TIERS.get(next), plan.interval(), plan.currency());
  }

  private Plan plan(String id) {
    Plan plan = plans.get(id);
    if (plan == null) {
      throw new IllegalArgumentException("No plan " + id);
    }
    return plan;
  }

  private void add(Plan plan) {
    plans.put(plan.id(), plan);
  }

  private static long price(String tier, Interval interval) {
    int months = interval == Interval.ANNUAL ? ANNUAL_MONTHS_PAID : interval.months();
    return MONTHLY_CENTS.getOrDefault(tier, 0L) * months;
  }

  private static String id(String tier, Interval interval, Currency currency) {
    return (tier + "_" + interval + "_" + currency).toLowerCase(Locale.ROOT);
  }
}
