package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.truth.AnswerKey;
import io.plumbline.demo.cloudflow.truth.MetricTable;
import java.util.List;

/** The schema {@code truth}: the answer key, from the ledger. */
final class TruthTables {
  private final AnswerKey key;

  TruthTables(AnswerKey key) {
    this.key = key;
  }

  List<SourceTable> tables() {
    List<AnswerKey.Interval> intervals = key.intervals();
    List<MetricTable.Row> metrics = key.metrics().rows();
    return List.of(
        SourceTable.of(
            "truth.subscription_intervals",
            intervals.size(),
            rows -> writeIntervals(intervals, rows)),
        SourceTable.of(
            "truth.metric_values",
            metrics.size(),
            rows -> metrics.forEach(row -> write(row, rows))));
  }

  private static void writeIntervals(List<AnswerKey.Interval> intervals, RowWriter rows) {
    for (AnswerKey.Interval interval : intervals) {
      rows.number(rows.rows() + 1)
          .text(interval.subscription().id())
          .number(interval.subscription().account().id())
          .hundredths(interval.change().after().monthlyPrice())
          .text(interval.subscription().account().currency().name())
          .text(interval.change().after().status().label())
          .instant(interval.change().at());
      interval.to().ifPresentOrElse(rows::instant, rows::nothing);
      rows.instant(interval.recordedFrom());
      interval.recordedTo().ifPresentOrElse(rows::instant, rows::nothing);
      rows.end();
    }
  }

  private static void write(MetricTable.Row row, RowWriter rows) {
    rows.text(row.metric())
        .text(row.grain())
        .day(row.start())
        .text(row.segment())
        .number(row.value().orElse(null))
        .end();
  }
}
