package io.plumbline.it.histories;

import io.plumbline.it.histories.Question.Span;
import io.plumbline.it.histories.World.Account;
import io.plumbline.it.histories.World.Interval;
import io.plumbline.it.histories.World.Rate;
import io.plumbline.it.histories.World.Spell;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The answer to a question, straight from the definitions: every account in every period. */
final class Reference {

  private final Question question;
  private final ZoneId zone;
  private final Map<String, List<Interval>> paying = new HashMap<>();
  private final Map<String, TreeMap<LocalDate, BigDecimal>> rates = new HashMap<>();
  private final World world;

  Reference(World world, Question question) {
    this.world = world;
    this.question = question;
    this.zone = question.zone();
    for (Interval interval : new LinkedHashSet<>(world.intervals())) {
      if (interval.pays() && known(interval) && !isEmpty(interval)) {
        paying.computeIfAbsent(interval.account(), a -> new ArrayList<>()).add(interval);
      }
    }
    for (Rate rate : world.rates()) {
      rates.computeIfAbsent(rate.currency(), c -> new TreeMap<>()).put(rate.from(), rate.dollars());
    }
  }

  private boolean known(Interval interval) {
    return question
        .knownAt()
        .map(
            k ->
                !interval.recordedFrom().isAfter(k)
                    && interval.recordedTo().map(k::isBefore).orElse(true))
        .orElseGet(() -> interval.recordedTo().isEmpty());
  }

  private static boolean isEmpty(Interval interval) {
    return interval.to().map(to -> !interval.from().isBefore(to)).orElse(false);
  }

  /** Cells by key, as {@link Question#keys} orders it; a cell that is missing holds nothing. */
  Map<List<String>, Totals> cells() {
    Map<List<String>, Totals> cells = new HashMap<>();
    for (Span span : question.spans()) {
      for (Account account : world.accounts()) {
        if (!account.internal()) {
          add(account, span, cells);
        }
      }
    }
    return cells;
  }

  private Totals cell(
      Map<List<String>, Totals> cells, Account account, Span span, @Nullable String manager) {
    List<String> key = new ArrayList<>();
    question.grain().ifPresent(g -> key.add(span.bucket().toString()));
    key.add(account.history());
    if (question.byManager()) {
      key.add(String.valueOf(manager));
    }
    return cells.computeIfAbsent(key, k -> new Totals());
  }

  private void add(Account account, Span span, Map<List<String>, Totals> cells) {
    List<Interval> own = paying.getOrDefault(account.id(), List.of());
    Instant start = instant(span.from());
    Instant end = instant(span.to());
    Movement movement = movement(own, span.from(), span.to());
    Instant seen = movement.opening().signum() > 0 ? start : firstWithin(own, start, end);
    @Nullable String opening =
        movement.opening().signum() > 0
            ? managerBefore(account, start)
            : managerAt(account, seen.equals(end) ? start : seen);
    @Nullable String closing = managerBefore(account, end);
    cell(cells, account, span, opening).addMovement(movement);
    cell(cells, account, span, closing).addClosing(movement);
    @Nullable String ago = managerBefore(account, instant(span.to().minusMonths(12)));
    cell(cells, account, span, ago).addTrailing(trailing(own, span.to()));
    if (!question.byManager()) {
      addActivity(own, span, cell(cells, account, span, null));
    }
  }

  private void addActivity(List<Interval> own, Span span, Totals totals) {
    if (question.metrics().contains("new_mrr_activity")) {
      for (LocalDate d = span.from(); d.isBefore(span.to()); d = d.plusDays(1)) {
        totals.addActivity(movement(own, d, d.plusDays(1)));
      }
    }
  }

  // ---- one account ----

  /**
   * What happened to an account between two instants, in dollars.
   *
   * @param moved of one that stayed: its change at the opening rates
   * @param paidBefore whether it paid at any instant before
   */
  record Movement(BigDecimal opening, BigDecimal closing, BigDecimal moved, boolean paidBefore) {

    boolean starts() {
      return opening.signum() == 0 && closing.signum() > 0;
    }

    boolean stays() {
      return opening.signum() > 0 && closing.signum() > 0;
    }

    boolean leaves() {
      return opening.signum() > 0 && closing.signum() == 0;
    }
  }

  private Movement movement(List<Interval> own, LocalDate from, LocalDate to) {
    Instant start = instant(from);
    Map<String, BigDecimal> before = state(own, start);
    Map<String, BigDecimal> after = state(own, instant(to));
    BigDecimal opening = dollars(before, from);
    return new Movement(
        opening,
        dollars(after, to),
        dollars(after, from).subtract(opening),
        own.stream().anyMatch(i -> i.from().isBefore(start)));
  }

  /** What an account of twelve months ago is worth now, all at the rates of then. */
  record Trailing(BigDecimal then, BigDecimal now) {}

  private Trailing trailing(List<Interval> own, LocalDate end) {
    LocalDate ago = end.minusMonths(12);
    return new Trailing(
        dollars(state(own, instant(ago)), ago), dollars(state(own, instant(end)), ago));
  }

  /** The left limit: an event on the instant itself comes after it. */
  private static Map<String, BigDecimal> state(List<Interval> own, Instant at) {
    Map<String, BigDecimal> amounts = new HashMap<>();
    for (Interval interval : own) {
      boolean begun = interval.from().isBefore(at);
      boolean over = interval.to().map(to -> to.isBefore(at)).orElse(false);
      if (begun && !over) {
        amounts.merge(interval.currency(), interval.monthly(), BigDecimal::add);
      }
    }
    return amounts;
  }

  private BigDecimal dollars(Map<String, BigDecimal> amounts, LocalDate bound) {
    BigDecimal sum = BigDecimal.ZERO;
    for (var amount : amounts.entrySet()) {
      BigDecimal rate = rates.get(amount.getKey()).floorEntry(bound.minusDays(1)).getValue();
      sum = sum.add(amount.getValue().multiply(rate));
    }
    return sum;
  }

  private Instant instant(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** When it first pays in {@code [start, end)}; the end if it does not. */
  private static Instant firstWithin(List<Interval> own, Instant start, Instant end) {
    return own.stream()
        .map(Interval::from)
        .filter(from -> !from.isBefore(start) && from.isBefore(end))
        .min(Instant::compareTo)
        .orElse(end);
  }

  private @Nullable String managerBefore(Account account, Instant at) {
    return manager(account, at.minusNanos(1000));
  }

  private @Nullable String managerAt(Account account, Instant at) {
    return manager(account, at);
  }

  private @Nullable String manager(Account account, Instant at) {
    for (Spell spell : account.managers()) {
      boolean begun = !instant(spell.from()).isAfter(at);
      boolean over = spell.to().map(to -> !instant(to).isAfter(at)).orElse(false);
      if (begun && !over) {
        return spell.manager();
      }
    }
    return null;
  }

  // ---- sums ----

  /** The sums of a cell, by metric. */
  static final class Totals {
    private final Map<String, BigDecimal> sums = new HashMap<>();

    void addMovement(Movement m) {
      add("opening_mrr", m.opening());
      add("opening_customers", one(m.opening().signum() > 0));
      addClasses(m, "_mrr", "fx_impact");
      String counts = "_customers";
      add((m.paidBefore() ? "reactivated" : "new") + counts, one(m.starts()));
      add("churned" + counts, one(m.leaves()));
      add("expanding" + counts, one(m.stays() && m.moved().signum() > 0));
      add("contracting" + counts, one(m.stays() && m.moved().signum() < 0));
    }

    void addActivity(Movement m) {
      addClasses(m, "_mrr_activity", "fx_impact_activity");
      add((m.paidBefore() ? "reactivation" : "new") + "_activity", one(m.starts()));
      add("churned_activity", one(m.leaves()));
      add("expansion_activity", one(m.stays() && m.moved().signum() > 0));
      add("contraction_activity", one(m.stays() && m.moved().signum() < 0));
    }

    private void addClasses(Movement m, String suffix, String fx) {
      if (m.starts()) {
        add((m.paidBefore() ? "reactivation" : "new") + suffix, m.closing());
      } else if (m.leaves()) {
        add("churned" + suffix, m.opening());
      } else if (m.stays()) {
        add("expansion" + suffix, m.moved().max(BigDecimal.ZERO));
        add("contraction" + suffix, m.moved().negate().max(BigDecimal.ZERO));
        add(fx, m.closing().subtract(m.opening()).subtract(m.moved()));
      }
    }

    void addClosing(Movement m) {
      add("mrr", m.closing());
      add("paying_customers", one(m.closing().signum() > 0));
    }

    void addTrailing(Trailing t) {
      boolean cohort = t.then().signum() > 0;
      add("cohort_opening_mrr_t12m", t.then());
      add("cohort_accounts_t12m", one(cohort));
      add("kept", cohort ? t.now() : BigDecimal.ZERO);
      add("lesser", t.now().min(t.then()));
      add("gone", t.now().signum() == 0 ? t.then() : BigDecimal.ZERO);
      add("kept_accounts", one(cohort && t.now().signum() > 0));
    }

    private static BigDecimal one(boolean counts) {
      return counts ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    private void add(String metric, BigDecimal value) {
      sums.merge(metric, value, BigDecimal::add);
    }

    private BigDecimal sum(String metric) {
      return sums.getOrDefault(metric, BigDecimal.ZERO);
    }

    private BigDecimal retained() {
      return sum("opening_mrr").add(sum("expansion_mrr")).subtract(lost());
    }

    private BigDecimal lost() {
      return sum("contraction_mrr").add(sum("churned_mrr"));
    }

    private BigDecimal netNew() {
      return sum("new_mrr").add(sum("reactivation_mrr")).add(sum("expansion_mrr")).subtract(lost());
    }

    /** The value of a metric; empty for a ratio to nothing. */
    Optional<BigDecimal> value(String metric) {
      BigDecimal opening = sum("opening_mrr");
      BigDecimal cohort = sum("cohort_opening_mrr_t12m");
      return switch (metric) {
        case "net_new_mrr" -> Optional.of(netNew());
        case "transfer_mrr" ->
            Optional.of(sum("mrr").subtract(opening).subtract(netNew()).subtract(sum("fx_impact")));
        case "ndr" -> ratio(retained(), opening);
        case "grr" -> ratio(opening.subtract(lost()), opening);
        case "logo_churn_rate" -> ratio(sum("churned_customers"), sum("opening_customers"));
        case "ndr_t12m" -> ratio(sum("kept"), cohort);
        case "grr_t12m" -> ratio(sum("lesser"), cohort);
        case "revenue_churn_t12m" -> ratio(sum("gone"), cohort);
        case "logo_retention_t12m" -> ratio(sum("kept_accounts"), sum("cohort_accounts_t12m"));
        default -> Optional.of(sum(metric));
      };
    }

    private static Optional<BigDecimal> ratio(BigDecimal numerator, BigDecimal denominator) {
      return denominator.signum() == 0
          ? Optional.empty()
          : Optional.of(numerator.divide(denominator, MathContext.DECIMAL128));
    }
  }
}
