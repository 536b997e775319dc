package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Currency;
import io.plumbline.demo.cloudflow.history.ExchangeRates;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.time.LocalDate;
import java.util.List;

/** What finance keeps: exchange rates and the reported ARR. */
final class FinanceTables {
  private static final LocalDate FIRST_BUDGET = ExchangeRates.FIRST;

  private final History history;

  FinanceTables(History history) {
    this.history = history;
  }

  List<SourceTable> tables() {
    return List.of(
        SourceTable.of("finance.fx_rates", 4_700, this::writeRates),
        SourceTable.of("finance.arr_reported", 3, this::writeReported));
  }

  private void writeRates(RowWriter rows) {
    for (Currency currency : Currency.values()) {
      for (LocalDate day = ExchangeRates.FIRST;
          !day.isAfter(Timeline.AS_OF);
          day = day.plusDays(1)) {
        rows.day(day)
            .text(currency.name())
            .number(history.rates().rate(currency, day))
            .text("spot")
            .end();
      }
      for (LocalDate day = FIRST_BUDGET; !day.isAfter(Timeline.AS_OF); day = day.plusYears(1)) {
        rows.day(day)
            .text(currency.name())
            .number(history.rates().rate(currency, day))
            .text("budget")
            .end();
      }
    }
  }

  /**
   * Only the first was signed off; it is within half a percent of twelve times MRR, the others are
   * not.
   */
  private void writeReported(RowWriter rows) {
    report(20_650_000, "controller", true, rows);
    report(20_400_000, "fp_and_a", false, rows);
    report(19_800_000, "investor_relations", false, rows);
  }

  private void report(long dollars, String preparer, boolean signedOff, RowWriter rows) {
    rows.day(Timeline.AS_OF)
        .hundredths(Math.round(dollars * 100 * history.targets().scale()))
        .text(preparer);
    if (signedOff) {
      rows.instant(Timeline.end() + 10 * 3_600).end();
    } else {
      rows.nothing().end();
    }
  }
}
