package io.plumbline.engine.plan;

import io.plumbline.definitions.TimeShift;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The periods that are compared with those of another spine.
 *
 * @param spine the earlier periods, gaps between them filled
 * @param source for each period of the other spine, in order, the number of the one it is compared
 *     with; 0 for gaps
 */
record ShiftedSpine(Spine spine, List<Integer> source) {

  /**
   * Moves periods. A whole bucket is compared with a whole one; a bucket that is cut, such as the
   * running month, with one that is cut on the same day.
   */
  static ShiftedSpine of(Spine spine, TimeShift shift) {
    List<Optional<Period>> moved =
        spine.periods().stream()
            .map(p -> p.asked() ? Optional.of(moved(p, spine, shift)) : Optional.<Period>empty())
            .toList();
    TreeMap<LocalDate, Period> distinct = new TreeMap<>();
    moved.forEach(period -> period.ifPresent(p -> distinct.put(p.from(), p)));
    List<Period> periods = withoutGaps(distinct);
    List<Integer> source =
        moved.stream().map(period -> period.map(p -> periods.indexOf(p) + 1).orElse(0)).toList();
    return new ShiftedSpine(new Spine(spine.grain(), spine.rules(), spine.zone(), periods), source);
  }

  private static List<Period> withoutGaps(TreeMap<LocalDate, Period> distinct) {
    List<Period> periods = new ArrayList<>();
    for (Period period : distinct.values()) {
      if (!periods.isEmpty()) {
        LocalDate gap = periods.get(periods.size() - 1).to();
        if (gap.isBefore(period.from())) {
          periods.add(new Period(gap, gap, period.from(), false, false));
        }
      }
      periods.add(period);
    }
    return periods;
  }

  private static Period moved(Period period, Spine spine, TimeShift shift) {
    return spine
        .grain()
        .map(grain -> bucket(period, grain, shift))
        .orElseGet(() -> range(period, shift));
  }

  private static Period bucket(Period period, Grain grain, TimeShift shift) {
    LocalDate bucket = earlier(period.bucket(), grain, shift);
    LocalDate from =
        period.from().equals(period.bucket()) ? bucket : earlier(period.from(), grain, shift);
    boolean whole = period.to().equals(grain.next(period.bucket()));
    LocalDate to = whole ? grain.next(bucket) : earlier(period.lastDay(), grain, shift).plusDays(1);
    return new Period(bucket, from, to, true, from.equals(bucket) && whole);
  }

  private static LocalDate earlier(LocalDate day, Grain grain, TimeShift shift) {
    if (shift instanceof TimeShift.Periods periods) {
      int count = periods.count();
      return switch (grain) {
        case DAY -> day.minusDays(count);
        case WEEK -> day.minusWeeks(count);
        case MONTH -> day.minusMonths(count);
        case QUARTER -> day.minusMonths(3L * count);
        case YEAR -> day.minusYears(count);
      };
    }
    return grain == Grain.WEEK ? day.minusWeeks(52) : day.minusYears(1);
  }

  /** A range of whole months moves by months, any other one by its days. */
  private static Period range(Period range, TimeShift shift) {
    boolean months = range.from().getDayOfMonth() == 1 && range.to().getDayOfMonth() == 1;
    if (shift instanceof TimeShift.Periods periods) {
      int count = periods.count();
      if (months) {
        long length = range.from().until(range.to()).toTotalMonths() * count;
        return whole(range.from().minusMonths(length), range.to().minusMonths(length));
      }
      long length = (range.to().toEpochDay() - range.from().toEpochDay()) * count;
      return whole(range.from().minusDays(length), range.to().minusDays(length));
    }
    LocalDate to = months ? range.to().minusYears(1) : range.lastDay().minusYears(1).plusDays(1);
    return whole(range.from().minusYears(1), to);
  }

  private static Period whole(LocalDate from, LocalDate to) {
    return new Period(from, from, to, true, true);
  }
}
