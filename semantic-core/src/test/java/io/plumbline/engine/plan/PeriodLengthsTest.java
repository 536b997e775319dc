package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodLengthsTest {

  @ParameterizedTest
  @CsvSource({
    "2025-01-01, 2025-02-01, 1",
    "2025-01-01, 2025-04-01, 3",
    "2024-02-01, 2024-02-02, 0.034482758621",
    "2025-02-01, 2025-02-15, 0.5",
    "2025-01-27, 2025-02-03, 0.232718894010",
    "2024-07-01, 2025-07-01, 12",
  })
  void aPartOfAMonthIsTheFractionOfItsDays(LocalDate from, LocalDate to, String months) {
    Period period = new Period(from, from, to, true, true);

    assertThat(PeriodLengths.monthsOf(period)).isEqualByComparingTo(months);
  }
}
