package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Metric.Snapshot.Measure;
import io.plumbline.definitions.Unit;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A snapshot sums numbers of rows that hold from one instant to another and have an owner. */
final class SnapshotsReadValidity implements Rule {

  private static final Set<DataType> NUMBERS =
      EnumSet.of(DataType.INTEGER, DataType.BIGINT, DataType.DECIMAL, DataType.DOUBLE);

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric instanceof SnapshotKind.SnapshotMetric snapshot) {
        draft
            .shape(snapshot.of().dataset().text())
            .ifPresent(shape -> check(snapshot, shape, problems));
      }
    }
  }

  private static void check(SnapshotKind.SnapshotMetric metric, Shape shape, Problems problems) {
    Name dataset = metric.of().dataset();
    if (shape.validity().isEmpty()) {
      problems.add(
          dataset.at(),
          "Metric '%s' is a snapshot, but '%s' does not say when its rows hold."
              .formatted(metric.name(), dataset),
          "Give the dataset `validity: {from: ..., to: ...}`, or use `type: simple`.");
    }
    checkEntity(metric, shape, problems);
    shape
        .column(metric.of().column().text())
        .ifPresent(column -> checkColumn(metric, column, problems));
  }

  private static void checkEntity(
      SnapshotKind.SnapshotMetric metric, Shape shape, Problems problems) {
    Optional<String> owner = shape.entity().map(entity -> entity.entity().text());
    if (owner.isEmpty()) {
      problems.add(
          metric.of().dataset().at(),
          "Metric '%s' is a snapshot, but the rows of '%s' belong to no entity."
              .formatted(metric.name(), metric.of().dataset()),
          "Give the dataset `entity: {name: ..., column: ...}`.");
    } else if (metric.entity().isPresent() && !metric.entity().get().text().equals(owner.get())) {
      problems.add(
          metric.entity().get().at(),
          "Metric '%s' sums by '%s', but the rows of '%s' belong to '%s'."
              .formatted(metric.name(), metric.entity().get(), metric.of().dataset(), owner.get()),
          "Remove `entity`, or write '%s'.".formatted(owner.get()));
    }
  }

  private static void checkColumn(
      SnapshotKind.SnapshotMetric metric, ShapeColumn column, Problems problems) {
    boolean counts = metric.measure() == Measure.ROWS || metric.measure() == Measure.ENTITIES;
    if (!counts && !NUMBERS.contains(column.types().get(0))) {
      problems.add(
          metric.of().column().at(),
          "Metric '%s' sums '%s', which is %s."
              .formatted(metric.name(), column.name(), column.types().get(0).yamlName()),
          "Name a column of numbers.");
    }
    boolean extreme = metric.measure() == Measure.MIN || metric.measure() == Measure.MAX;
    if (extreme && column.unit().filter(Unit.CURRENCY.yamlName()::equals).isPresent()) {
      problems.add(
          metric.of().column().at(),
          "Metric '%s' takes an extreme of '%s', which is money in several currencies."
              .formatted(metric.name(), column.name()),
          "Remove `agg`, or name a column of other numbers.");
    }
    Optional<String> declared = metric.unit().map(Unit::yamlName);
    boolean amount = !counts;
    if (amount
        && column.unit().isPresent()
        && declared.isPresent()
        && !column.unit().equals(declared)) {
      problems.add(
          metric.name().at(),
          "Metric '%s' is in %s, but the column '%s' is in %s."
              .formatted(metric.name(), declared.get(), column.name(), column.unit().get()),
          "Write `unit: %s`.".formatted(column.unit().get()));
    }
  }
}
