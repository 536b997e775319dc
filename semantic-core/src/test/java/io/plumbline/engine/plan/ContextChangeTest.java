package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.definitions.TimeShift;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.TableOfDimensions;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.junit.jupiter.api.Test;

/** In what context a metric is evaluated for a cell, and how its rows meet the cells. */
class ContextChangeTest {

  private static final int SEGMENT = 0;
  private static final int REGION = 1;

  private final RexBuilder rex = new RexBuilder(PlumblineTypeSystem.typeFactory());
  private final SemanticCatalogTable table = TableOfDimensions.of("segment", "region");
  private final RexNode segment = rex.makeInputRef(table.columns().get(SEGMENT).type(), SEGMENT);
  private final RexNode region = rex.makeInputRef(table.columns().get(REGION).type(), REGION);
  private final RexNode isSmb = is(segment, "SMB");
  private final RexNode isNorth = is(region, "north");

  private RexNode is(RexNode dimension, String value) {
    return rex.makeCall(SqlStdOperatorTable.EQUALS, dimension, rex.makeLiteral(value));
  }

  /** Two months, grouped by both dimensions. */
  private EvaluationContext cells(RexNode... filters) {
    List<Period> months = new ArrayList<>();
    for (int month = 1; month <= 2; month++) {
      LocalDate first = LocalDate.of(2025, month, 1);
      months.add(new Period(first, first, first.plusMonths(1), true, true));
    }
    ZoneId utc = ZoneId.of("UTC");
    return new EvaluationContext(
        BaseRow.of(table),
        new Spine(Optional.of(Grain.MONTH), CalendarRules.ISO, utc, months),
        List.of(segment, region),
        List.of(filters),
        new SessionSettings(
            utc,
            LocalDate.of(2025, 3, 1),
            true,
            Optional.empty(),
            CalendarRules.ISO,
            "USD",
            LocalDate.of(2025, 3, 1)));
  }

  private static ChangedContext only(EvaluationContext cells, ContextChange... changes) {
    List<ChangedContext> changed = ChangedContext.of(cells, List.of(changes));
    assertThat(changed).hasSize(1);
    return changed.get(0);
  }

  @Test
  void withoutChangesItIsTheContextOfTheCells() {
    ChangedContext same = only(cells(isSmb));
    assertThat(same.context()).isEqualTo(cells(isSmb));
    assertThat(same.kept()).containsExactly(0, 1);
    assertThat(same.hasSamePeriods()).isTrue();
    assertThat(same.hasOnePeriodForAll()).isFalse();
  }

  @Test
  void aFilterNarrowsAndKeepsEverythingElse() {
    ContextChange where = new ContextChange.Where(isNorth);
    ChangedContext changed = only(cells(isSmb), where);
    assertThat(changed.context().filters()).containsExactly(isSmb, isNorth);
    assertThat(changed.kept()).containsExactly(0, 1);
    assertThat(where.narrows()).isTrue();
    assertThat(new ContextChange.Ungrouped().narrows()).isFalse();
  }

  @Test
  void anEarlierPeriodIsShownInThePeriodThatItIsComparedWith() {
    ChangedContext changed = only(cells(), new ContextChange.Earlier(new TimeShift.Periods(1)));
    assertThat(changed.context().spine().bounds())
        .containsExactly(
            LocalDate.of(2024, 12, 1), LocalDate.of(2025, 1, 1), LocalDate.of(2025, 2, 1));
    assertThat(changed.source()).containsExactly(1, 2);
  }

  @Test
  void shiftsAddUp() {
    ContextChange previous = new ContextChange.Earlier(new TimeShift.Periods(1));
    assertThat(only(cells(), previous, previous).context().spine().bounds())
        .startsWith(LocalDate.of(2024, 11, 1));
  }

  @Test
  void oneDayStandsForAllPeriods() {
    LocalDate day = LocalDate.of(2025, 1, 15);
    ChangedContext changed = only(cells(), new ContextChange.OnDay(day));
    assertThat(changed.context().spine().bounds()).containsExactly(day, day.plusDays(1));
    assertThat(changed.source()).containsExactly(1, 1);
    assertThat(changed.hasOnePeriodForAll()).isTrue();
  }

  @Test
  void whatWasKnownAfterEachPeriodIsAContextForEach() {
    List<ChangedContext> changed =
        ChangedContext.of(
            cells(),
            List.of(
                new ContextChange.KnownAfter(
                    p -> p.to().atStartOfDay(ZoneOffset.UTC).toInstant())));
    assertThat(changed)
        .extracting(c -> c.context().settings().knownAt().orElseThrow())
        .containsExactly(
            Instant.parse("2025-02-01T00:00:00Z"), Instant.parse("2025-03-01T00:00:00Z"));
    assertThat(changed)
        .extracting(ChangedContext::source)
        .containsExactly(List.of(1, 0), List.of(0, 1));
  }

  @Test
  void theTotalKeepsTheConditionsOfTheQuery() {
    ChangedContext total = only(cells(isSmb), new ContextChange.Ungrouped());
    assertThat(total.context().dimensions()).isEmpty();
    assertThat(total.context().filters()).containsExactly(isSmb);
    assertThat(total.kept()).isEmpty();
  }

  @Test
  void aSubtotalKeepsTheOtherDimension() {
    ChangedContext changed = only(cells(isSmb), new ContextChange.UngroupedBy(Set.of(SEGMENT)));
    assertThat(changed.context().dimensions()).containsExactly(region);
    assertThat(changed.context().filters()).containsExactly(isSmb);
    assertThat(changed.kept()).containsExactly(1);
  }

  @Test
  void whatIsIgnoredIsNeitherGroupedNorFilteredBy() {
    ChangedContext changed =
        only(cells(isSmb, isNorth), new ContextChange.Ignoring(List.of("segment")));
    assertThat(changed.context().dimensions()).containsExactly(region);
    assertThat(changed.context().filters()).containsExactly(isNorth);
    assertThat(only(cells(isSmb), new ContextChange.Ignoring(List.of("things.region"))).kept())
        .containsExactly(0);
    assertThat(only(cells(isSmb), new ContextChange.Ignoring(List.of("plan"))).context())
        .isEqualTo(cells(isSmb));
  }

  @Test
  void anotherValueTakesThePlaceOfGroupingAndConditions() {
    ChangedContext changed =
        only(
            cells(isSmb, isNorth),
            new ContextChange.Instead(Set.of(SEGMENT), is(segment, "Enterprise")));
    assertThat(changed.context().dimensions()).containsExactly(region);
    assertThat(changed.context().filters()).containsExactly(isNorth, is(segment, "Enterprise"));
  }

  @Test
  void aConditionOnSeveralDimensionsCannotBeTakenApart() {
    RexNode either = rex.makeCall(SqlStdOperatorTable.OR, isSmb, isNorth);
    EvaluationContext cells = cells(either);
    ContextChange instead = new ContextChange.Instead(Set.of(SEGMENT), isSmb);
    assertThatThrownBy(() -> ChangedContext.of(cells, List.of(instead)))
        .hasMessageContaining("connect conditions with AND");
  }
}
