package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.TimeShift;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which periods are compared with those of a query. */
class ShiftedSpineTest {

  private static final TimeShift PREVIOUS = new TimeShift.Periods(1);
  private static final TimeShift LAST_YEAR = new TimeShift.LastYear();

  /** Periods of a grain, each {@code from..lastDay}; those in brackets only fill a gap. */
  private static Spine spine(Grain grain, String... spans) {
    return spine(Optional.of(grain), spans);
  }

  private static Spine spine(Optional<Grain> grain, String... spans) {
    List<Period> periods = new ArrayList<>();
    for (String span : spans) {
      boolean gap = span.startsWith("(");
      LocalDate from = LocalDate.parse(span.substring(gap ? 1 : 0).substring(0, 10));
      LocalDate to =
          LocalDate.parse(span.substring(span.indexOf("..") + 2).substring(0, 10)).plusDays(1);
      LocalDate bucket = grain.map(g -> g.start(from, CalendarRules.ISO)).orElse(from);
      periods.add(new Period(bucket, from, to, !gap, true));
    }
    return new Spine(grain, CalendarRules.ISO, ZoneId.of("UTC"), periods);
  }

  private static List<String> shifted(Spine spine, TimeShift shift) {
    return ShiftedSpine.of(spine, shift).spine().periods().stream()
        .map(
            p ->
                (p.asked() ? "" : "gap ")
                    + p.from()
                    + ".."
                    + p.lastDay()
                    + (p.complete() || !p.asked() ? "" : " partial"))
        .toList();
  }

  @Test
  void wholeMonthsAreComparedWithWholeMonthsOfAnyLength() {
    Spine spine = spine(Grain.MONTH, "2025-02-01..2025-02-28", "2025-03-01..2025-03-31");
    assertThat(shifted(spine, PREVIOUS))
        .containsExactly("2025-01-01..2025-01-31", "2025-02-01..2025-02-28");
    assertThat(shifted(spine, LAST_YEAR))
        .containsExactly("2024-02-01..2024-02-29", "2024-03-01..2024-03-31");
  }

  @Test
  void aRunningMonthIsComparedWithOneCutOnTheSameDay() {
    Spine spine = spine(Grain.MONTH, "2025-03-01..2025-03-15");
    assertThat(shifted(spine, PREVIOUS)).containsExactly("2025-02-01..2025-02-15 partial");
    assertThat(shifted(spine, LAST_YEAR)).containsExactly("2024-03-01..2024-03-15 partial");
  }

  @Test
  void aDayThatTheEarlierMonthLacksIsItsLastOne() {
    assertThat(shifted(spine(Grain.MONTH, "2025-03-01..2025-03-30"), PREVIOUS))
        .containsExactly("2025-02-01..2025-02-28 partial");
  }

  @Test
  void aMonthWhoseStartIsCutKeepsTheDayThatItStartsOn() {
    assertThat(shifted(spine(Grain.MONTH, "2025-03-10..2025-03-31"), PREVIOUS))
        .containsExactly("2025-02-10..2025-02-28 partial");
  }

  @Test
  void weeksOfLastYearAre52WeeksEarlierSoThatTheyStartOnTheSameDay() {
    assertThat(shifted(spine(Grain.WEEK, "2025-06-02..2025-06-08"), LAST_YEAR))
        .containsExactly("2024-06-03..2024-06-09");
  }

  @Test
  void severalPeriodsAreSeveralBuckets() {
    assertThat(shifted(spine(Grain.QUARTER, "2025-04-01..2025-06-30"), new TimeShift.Periods(3)))
        .containsExactly("2024-07-01..2024-09-30");
    assertThat(shifted(spine(Grain.DAY, "2025-03-01..2025-03-01"), new TimeShift.Periods(2)))
        .containsExactly("2025-02-27..2025-02-27");
  }

  @Test
  void aRangeOfWholeMonthsMovesByMonthsAndAnyOtherByItsDays() {
    Optional<Grain> none = Optional.empty();
    assertThat(shifted(spine(none, "2025-03-01..2025-05-31"), PREVIOUS))
        .containsExactly("2024-12-01..2025-02-28");
    assertThat(shifted(spine(none, "2025-03-02..2025-03-11"), PREVIOUS))
        .containsExactly("2025-02-20..2025-03-01");
    assertThat(shifted(spine(none, "2025-02-01..2025-02-28"), LAST_YEAR))
        .containsExactly("2024-02-01..2024-02-29");
    assertThat(shifted(spine(none, "2025-02-02..2025-02-28"), LAST_YEAR))
        .containsExactly("2024-02-02..2024-02-28");
  }

  @Test
  void gapsStayGapsAndAreComparedWithNothing() {
    Spine spine =
        spine(
            Grain.MONTH,
            "2025-01-01..2025-01-31",
            "(2025-02-01..2025-03-31)",
            "2025-04-01..2025-04-30");
    assertThat(shifted(spine, PREVIOUS))
        .containsExactly(
            "2024-12-01..2024-12-31", "gap 2025-01-01..2025-02-28", "2025-03-01..2025-03-31");
    assertThat(ShiftedSpine.of(spine, PREVIOUS).source()).containsExactly(1, 0, 3);
  }

  @Test
  void periodsThatMeetOnOneAreEvaluatedOnce() {
    Spine days = spine(Grain.DAY, "2024-02-28..2024-02-28", "2024-02-29..2024-02-29");
    assertThat(shifted(days, LAST_YEAR)).containsExactly("2023-02-28..2023-02-28");
    assertThat(ShiftedSpine.of(days, LAST_YEAR).source()).containsExactly(1, 1);
  }
}
