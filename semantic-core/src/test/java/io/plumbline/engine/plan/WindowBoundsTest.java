package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.GoldenEngine;
import io.plumbline.engine.TestWarehouse;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Windows that share no day are aggregated one by one; others are run up. */
@ExtendWith(TestWarehouse.Provider.class)
class WindowBoundsTest {

  private static final LocalDate DAY = LocalDate.of(2025, 3, 1);

  private final GoldenEngine golden;

  WindowBoundsTest(GoldenEngine golden) {
    this.golden = golden;
  }

  /** The windows of some days that end with every so many days. */
  private static WindowBounds windows(int days, int every) {
    List<LocalDate> ends = ends(every);
    return new WindowBounds(
        Optional.of(ends.stream().map(end -> end.minusDays(days)).toList()), ends);
  }

  private static List<LocalDate> ends(int every) {
    return IntStream.range(1, 5).mapToObj(i -> DAY.plusDays((long) i * every)).toList();
  }

  @Test
  void windowsAsLongAsPeriodsOrShorterShareNoDay() {
    assertThat(Stream.of(windows(1, 1), windows(7, 7), windows(7, 30)))
        .allMatch(WindowBounds::apart);
  }

  @Test
  void longerOnesDo() {
    assertThat(Stream.of(windows(2, 1), windows(8, 7), windows(30, 1)))
        .noneMatch(WindowBounds::apart);
  }

  @Test
  void windowsWithoutAStartShareTheirDaysUnlessThereIsOne() {
    assertThat(new WindowBounds(Optional.empty(), ends(1)).apart()).isFalse();
    assertThat(new WindowBounds(Optional.empty(), List.of(DAY)).apart()).isTrue();
  }

  @Test
  void nothingIsRunUpOverWindowsThatShareNoDay() {
    assertThat(statement("dau")).doesNotContain("OVER (");
    assertThat(statement("wau")).contains("OVER (");
  }

  private String statement(String metric) {
    String explained =
        String.join(
            "\n",
            golden.rows(
                "explain select day, aggregate("
                    + metric
                    + ") as x from metrics.usage where metric_time >= date '2025-03-01'"
                    + " and metric_time < date '2025-03-10' group by day"));
    return explained.substring(explained.indexOf("statement of the warehouse"));
  }
}
