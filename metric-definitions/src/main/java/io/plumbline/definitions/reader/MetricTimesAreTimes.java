package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import java.util.EnumSet;
import java.util.Set;

/** The columns by which a metric dates rows are days or instants. */
final class MetricTimesAreTimes implements Rule {

  private static final Set<DataType> TIMES = EnumSet.of(DataType.DATE, DataType.TIMESTAMPTZ);

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric instanceof DatedMetric dated) {
        dated
            .dataset()
            .flatMap(dataset -> draft.shape(dataset.text()))
            .ifPresent(shape -> check(dated, shape, problems));
      }
    }
  }

  private static void check(DatedMetric metric, Shape shape, Problems problems) {
    for (Name time : metric.times()) {
      shape
          .column(time.text())
          .filter(column -> !TIMES.contains(column.types().get(0)))
          .ifPresent(column -> report(metric, time, column, problems));
    }
  }

  private static void report(DatedMetric metric, Name time, ShapeColumn column, Problems problems) {
    problems.add(
        time.at(),
        "Metric '%s' dates rows by '%s', which is %s."
            .formatted(metric.name(), time, column.types().get(0).yamlName()),
        "Name a column of type date or timestamptz.");
  }
}
