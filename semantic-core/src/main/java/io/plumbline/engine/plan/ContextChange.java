package io.plumbline.engine.plan;

import io.plumbline.definitions.TimeShift;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.SemanticColumn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.calcite.rex.RexNode;

/**
 * What differs between the cell of a query and the context in which a metric is evaluated for it:
 * FILTER, {@code at (...)}, the offsets of derived metrics, and what ratios ignore.
 */
sealed interface ContextChange {

  /** The changed contexts: one, or one for each period. */
  List<ChangedContext> change(ChangedContext from);

  /** Whether only entities of the cell are read, so that no other cells can come up. */
  default boolean narrows() {
    return false;
  }

  /** Only some entities. */
  record Where(RexNode filter) implements ContextChange {
    @Override
    public List<ChangedContext> change(ChangedContext from) {
      return List.of(from.in(from.context().withFilter(filter)));
    }

    @Override
    public boolean narrows() {
      return true;
    }
  }

  /** Earlier periods. */
  record Earlier(TimeShift shift) implements ContextChange {
    @Override
    public List<ChangedContext> change(ChangedContext from) {
      ShiftedSpine shifted = ShiftedSpine.of(from.context().spine(), shift);
      return List.of(from.at(shifted.spine(), j -> shifted.source().get(j - 1)));
    }
  }

  /** One day, whatever the period. */
  record OnDay(LocalDate day) implements ContextChange {
    @Override
    public List<ChangedContext> change(ChangedContext from) {
      Spine spine = from.context().spine();
      Period only = new Period(day, day, day.plusDays(1), true, true);
      return List.of(
          from.at(
              new Spine(Optional.of(Grain.DAY), spine.rules(), spine.zone(), List.of(only)),
              j -> 1));
    }
  }

  /** As known at an instant. */
  record KnownAt(Instant instant) implements ContextChange {
    @Override
    public List<ChangedContext> change(ChangedContext from) {
      return List.of(from.in(known(from.context(), instant)));
    }
  }

  /**
   * As known at an instant that depends on the period.
   *
   * @param instant of a period
   */
  record KnownAfter(Function<Period, Instant> instant) implements ContextChange {

    /** Every period is evaluated apart. */
    private static final int MOST_PERIODS = 60;

    @Override
    public List<ChangedContext> change(ChangedContext from) {
      Spine spine = from.context().spine();
      long asked = spine.periods().stream().filter(Period::asked).count();
      if (asked > MOST_PERIODS) {
        throw new Refusal(
            SqlState.TOO_MANY,
            asked
                + " periods, each as known at another time; the most is "
                + MOST_PERIODS
                + ". Narrow the range or choose a coarser grain");
      }
      List<ChangedContext> changed = new ArrayList<>();
      for (int j = 1; j <= spine.periods().size(); j++) {
        Period period = spine.periods().get(j - 1);
        if (period.asked()) {
          int own = j;
          Spine only = new Spine(spine.grain(), spine.rules(), spine.zone(), List.of(period));
          ChangedContext apart = from.at(only, k -> k == own ? 1 : 0);
          changed.add(apart.in(known(apart.context(), instant.apply(period))));
        }
      }
      return changed;
    }
  }

  /** No grouping by dimensions; filters and periods stay. */
  record Ungrouped() implements ContextChange {
    @Override
    public List<ChangedContext> change(ChangedContext from) {
      return List.of(from.keeping(d -> false));
    }
  }

  /** The rows of everyone, by rules of their own: {@link Benchmarks} evaluates it, and alone. */
  record OfBenchmark() implements ContextChange {
    @Override
    public List<ChangedContext> change(ChangedContext from) {
      throw new Refusal(
          SqlState.FEATURE_NOT_SUPPORTED,
          "at (benchmark) together with another change, FILTER or classes. Ask for it alone");
    }
  }

  /** Neither grouping nor filters. */
  record OfEveryone() implements ContextChange {
    @Override
    public List<ChangedContext> change(ChangedContext from) {
      ChangedContext ungrouped = from.keeping(d -> false);
      return List.of(ungrouped.in(ungrouped.context().withFilters(List.of())));
    }
  }

  /**
   * No grouping by some dimensions.
   *
   * @param fields of the base row
   */
  record UngroupedBy(Set<Integer> fields) implements ContextChange {
    public UngroupedBy {
      fields = Set.copyOf(fields);
    }

    @Override
    public List<ChangedContext> change(ChangedContext from) {
      return List.of(from.keeping(d -> !reads(d, fields, from.context())));
    }
  }

  /**
   * Neither grouping nor filters by some dimensions.
   *
   * @param dimensions their names
   */
  record Ignoring(List<String> dimensions) implements ContextChange {
    public Ignoring {
      dimensions = List.copyOf(dimensions);
    }

    @Override
    public List<ChangedContext> change(ChangedContext from) {
      Set<Integer> fields = new TreeSet<>();
      List<SemanticColumn> columns = from.context().base().table().columns();
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i) instanceof SemanticColumn.Dimensional d && names(d)) {
          fields.add(i);
        }
      }
      return List.of(released(from, fields));
    }

    private boolean names(SemanticColumn.Dimensional dimension) {
      String name = dimension.reference().dimension();
      return dimensions.contains(name)
          || dimensions.contains(dimension.reference().dataset() + "." + name);
    }
  }

  /**
   * A value of a dimension instead of the grouping and the filters by it.
   *
   * @param fields of the base row that the dimension reads
   */
  record Instead(Set<Integer> fields, RexNode filter) implements ContextChange {
    public Instead {
      fields = Set.copyOf(fields);
    }

    @Override
    public List<ChangedContext> change(ChangedContext from) {
      ChangedContext released = released(from, fields);
      return List.of(released.in(released.context().withFilter(filter)));
    }
  }

  private static ChangedContext released(ChangedContext from, Set<Integer> fields) {
    if (fields.isEmpty()) {
      return from;
    }
    EvaluationContext context = from.context();
    Predicate<RexNode> stays = expression -> !reads(expression, fields, context);
    return from.keeping(stays)
        .in(
            from.keeping(stays)
                .context()
                .withFilters(context.filters().stream().filter(stays).toList()));
  }

  private static EvaluationContext known(EvaluationContext context, Instant instant) {
    SessionSettings s = context.settings();
    return context.withSettings(
        new SessionSettings(
            s.timeZone(),
            s.asOf(),
            s.asOfIsPinned(),
            Optional.of(instant),
            s.calendar(),
            s.currency(),
            s.rightsOn()));
  }

  /** Whether an expression reads some fields; it must not read others beside them. */
  private static boolean reads(RexNode expression, Set<Integer> fields, EvaluationContext context) {
    Set<Integer> own = new TreeSet<>(Correlations.fields(expression).toList());
    if (Collections.disjoint(own, fields)) {
      return false;
    }
    if (!fields.containsAll(own)) {
      String name =
          own.stream()
              .filter(fields::contains)
              .flatMap(i -> context.base().column(i).stream())
              .map(SemanticColumn::name)
              .findFirst()
              .orElseThrow();
      throw new Refusal(
          SqlState.GROUPING_ERROR,
          "a metric is to be evaluated without "
              + name
              + ", but one expression reads "
              + name
              + " and other columns. Group by each of them, and connect conditions with AND",
          name);
    }
    return true;
  }
}
