package io.plumbline.demo.cloudflow.history;

import io.plumbline.demo.cloudflow.history.Change.Kind;
import io.plumbline.demo.cloudflow.history.Prospect.Exit;
import io.plumbline.demo.cloudflow.history.Prospect.Group;
import io.plumbline.demo.cloudflow.history.Prospect.Role;
import io.plumbline.demo.cloudflow.history.Prospect.Stint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays the paying accounts' history month by month: customers come, leave and return as planned,
 * and in between they expand and contract so that every segment's MRR follows its path. In the last
 * three months the totals are exact.
 */
final class RevenueSimulation {
  private static final double HAD_TRIAL = 0.35;
  private static final double ADD_ON = 0.135;
  private static final long TRIAL = 14 * Timeline.DAY;
  private static final List<String> REASONS =
      List.of(
          "too_expensive",
          "missing_features",
          "switched_service",
          "unused",
          "customer_service",
          "too_complex",
          "other");

  private final Targets targets;
  private final ExchangeRates rates;
  private final Pricing pricing;
  private final SeatSteering steering;
  private final Dice dice;
  private final List<Customer> customers = new ArrayList<>();
  private final Map<Segment, List<Customer>> lost = new EnumMap<>(Segment.class);
  private final Map<Segment, List<Customer>> others = new EnumMap<>(Segment.class);

  RevenueSimulation(Targets targets, ExchangeRates rates, PlanCatalog plans, long seed) {
    this.targets = targets;
    this.rates = rates;
    this.dice = Dice.of(seed, "revenue");
    this.pricing = new Pricing(plans, rates, Dice.of(seed, "pricing"));
    this.steering = new SeatSteering(pricing, Dice.of(seed, "seats"));
    for (Segment segment : Segment.values()) {
      lost.put(segment, new ArrayList<>());
      others.put(segment, new ArrayList<>());
    }
    for (Prospect prospect : new LifePlanner(targets, Dice.of(seed, "lives")).plan()) {
      add(prospect);
    }
  }

  private void add(Prospect prospect) {
    Customer customer =
        new Customer(
            prospect, new Account(Account.Kind.PAID, prospect.segment(), prospect.currency()));
    if (prospect.role() == Role.NONE && dice.chance(ADD_ON)) {
      customer.planAddOn();
    }
    customers.add(customer);
    (prospect.group() == Group.LOST ? lost : others).get(prospect.segment()).add(customer);
  }

  /** Everyone who ever paid, with their history. */
  List<Customer> play() {
    for (int month = 0; month < Timeline.MONTHS; month++) {
      MonthEnd monthEnd = new MonthEnd(rates, month);
      for (Segment segment : Segment.values()) {
        playSegment(segment, month, monthEnd);
      }
      if (month >= Targets.FIRST_EXACT_MONTH) {
        balance(month, monthEnd);
      }
    }
    return customers;
  }

  private void playSegment(Segment segment, int month, MonthEnd monthEnd) {
    List<Customer> leaving = lost.get(segment);
    List<Customer> rest = others.get(segment);
    if (month <= Timeline.COHORT_MONTH) {
      long leavingTarget = target(segment, leaving, month, leavingShare(segment));
      live(leaving, month, leavingTarget);
      steering.steer(month, leaving, leavingTarget, monthEnd);
      long restTarget = target(segment, rest, month, 1 - leavingShare(segment));
      live(rest, month, restTarget);
      steering.steer(month, rest, restTarget, monthEnd);
      repriceIfFar(segment, month, restTarget - monthEnd.cents(rest), restTarget);
    } else {
      live(leaving, month, 0);
      long restTarget = targets.segment(segment, month) - monthEnd.cents(leaving);
      live(rest, month, restTarget);
      steering.steer(month, rest, restTarget, monthEnd);
      repriceIfFar(segment, month, restTarget - monthEnd.cents(rest), restTarget);
    }
  }

  /**
   * A segment of few customers can miss its path by more than seats can mend; then a price does.
   */
  private void repriceIfFar(Segment segment, int month, long missing, long target) {
    for (Customer customer : balancers(Role.BALANCES_SEGMENT)) {
      long wanted =
          customer.prospect().segment() == segment && customer.pays()
              ? customer.account().mrr() + missing
              : 0;
      if (Math.abs(missing) > target / 100
          && wanted > customer.account().mrr() / 3
          && month < Targets.FIRST_EXACT_MONTH) {
        apply(Map.of(customer, wanted), month);
      }
    }
  }

  private double leavingShare(Segment segment) {
    return lost.get(segment).isEmpty() ? 0 : segment.flow().lostShare();
  }

  /**
   * Up to the cohort's month the sum follows the number of customers, with an average that grows to
   * the cohort's.
   */
  private long target(Segment segment, List<Customer> group, int month, double share) {
    double atCohort = targets.segment(segment, Timeline.COHORT_MONTH) * share;
    long counted = paying(group, Timeline.COHORT_MONTH);
    double ramp = 0.75 + 0.25 * month / Timeline.COHORT_MONTH;
    return counted == 0 ? 0 : Math.round(atCohort / counted * paying(group, month) * ramp);
  }

  private static long paying(List<Customer> group, int month) {
    return group.stream().filter(customer -> customer.prospect().paysAtEndOf(month)).count();
  }

  private void live(List<Customer> group, int month, long target) {
    long average = target / Math.max(1, paying(group, month));
    for (Customer customer : group) {
      List<Stint> stints = customer.prospect().stints();
      for (int i = 0; i < stints.size(); i++) {
        if (stints.get(i).from() == month) {
          arrive(customer, i, month, average);
        }
        if (stints.get(i).to() == month) {
          leave(customer, stints.get(i), i == stints.size() - 1);
        }
      }
      customer.endDiscountIn(month);
    }
  }

  private void arrive(Customer customer, int stint, int month, long average) {
    long at =
        dice.instant(Timeline.monthStart(month) + 600, Timeline.monthEnd(month) - 4 * Timeline.DAY);
    if (stint > 0 && customer.terms().status() == Status.PAUSED) {
      customer.change(at, Kind.RESUMED, customer.terms().with(Status.ACTIVE));
      return;
    }
    double size = customer.prospect().balances() ? 1 : 0.92 * dice.lognormal(0.45);
    Terms terms =
        pricing.terms(customer.prospect(), Math.max(1_000, Math.round(average * size)), at);
    if (stint > 0) {
      customer.begin(Change.now(at, Kind.STARTED, terms));
    } else {
      beginFirst(customer, at, terms);
    }
    if (terms.discount() == Terms.Discount.REPEATING) {
      boolean annual = terms.plan().interval() == Plan.Interval.ANNUAL;
      customer.discountUntil(Timeline.plusMonths(at, annual ? 12 : dice.pick(List.of(3, 6, 12))));
    }
  }

  private void beginFirst(Customer customer, long at, Terms terms) {
    long trialAt = at - TRIAL;
    boolean trial = dice.chance(HAD_TRIAL) && trialAt > Timeline.monthStart(0) + 3_600;
    if (trial) {
      customer.begin(Change.now(trialAt, Kind.TRIAL_STARTED, terms.with(Status.TRIALING)));
      customer.convert(Change.now(at, Kind.CONVERTED, terms));
    } else {
      customer.begin(Change.now(at, Kind.STARTED, terms));
    }
    long first = trial ? trialAt : at;
    long earliest = Timeline.monthStart(0);
    customer
        .account()
        .createdAt(Math.max(earliest, first - dice.between(60, trial ? 900 : 86_400)));
  }

  private void leave(Customer customer, Stint stint, boolean forGood) {
    long at =
        stint.from() == stint.to()
            ? customer.anchor() + dice.between(86_400, 3 * 86_400)
            : Timeline.plusMonths(
                customer.anchor(), stint.to() - Timeline.monthOf(customer.anchor()));
    boolean pauses = !forGood && customer.prospect().group() == Group.STAYS && dice.chance(0.5);
    Exit exit = forGood ? customer.prospect().exit() : pauses ? Exit.PAUSES : Exit.CANCELS;
    customer.leave(at, exit, dice.pick(REASONS));
  }

  /** Makes the sums in foreign currencies round, then every segment and the total exact. */
  private void balance(int month, MonthEnd monthEnd) {
    Map<Customer, Long> wanted = new LinkedHashMap<>();
    Map<Currency, Long> sums = monthEnd.sums(customers);
    for (Customer customer : balancers(Role.BALANCES_CURRENCY)) {
      Currency currency = customer.account().currency();
      long round = ExchangeRates.roundSum(currency);
      long over = Math.floorMod(sums.getOrDefault(currency, 0L), round);
      wanted.put(customer, customer.account().mrr() + (over > round / 2 ? round - over : -over));
    }
    apply(wanted, month);
    wanted.clear();
    for (Customer customer : balancers(Role.BALANCES_SEGMENT)) {
      Segment segment = customer.prospect().segment();
      List<Customer> all = new ArrayList<>(lost.get(segment));
      all.addAll(others.get(segment));
      wanted.put(
          customer,
          customer.account().mrr() + targets.segment(segment, month) - monthEnd.cents(all));
    }
    settleCents(wanted, month, monthEnd);
    apply(wanted, month);
  }

  /** Each segment was rounded to a cent; the largest segment takes what that left in the total. */
  private void settleCents(Map<Customer, Long> wanted, int month, MonthEnd monthEnd) {
    long change =
        wanted.entrySet().stream()
            .mapToLong(entry -> entry.getValue() - entry.getKey().account().mrr())
            .sum();
    BigDecimal total = monthEnd.dollars(monthEnd.sums(customers)).movePointRight(2);
    long rest =
        targets.total(month)
            - change
            - total.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
    Customer first = wanted.keySet().iterator().next();
    wanted.merge(first, rest, Long::sum);
  }

  private List<Customer> balancers(Role role) {
    return customers.stream().filter(customer -> customer.prospect().role() == role).toList();
  }

  private void apply(Map<Customer, Long> wanted, int month) {
    wanted.forEach(
        (customer, hundredths) -> {
          long unit = hundredths * customer.account().currency().minorUnits() / 100;
          Terms terms = customer.terms();
          if (unit <= 0) {
            throw new IllegalStateException(
                "No price of " + customer.prospect() + " balances month " + month + ": " + unit);
          }
          if (unit != terms.unitAmount()) {
            long at = customer.freeInstant(month, dice);
            customer.change(at, Kind.PRICE_CHANGED, terms.withUnitAmount(unit));
          }
        });
  }
}
