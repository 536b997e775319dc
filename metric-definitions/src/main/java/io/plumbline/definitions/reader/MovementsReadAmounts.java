package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric.Movement.Basis;
import io.plumbline.definitions.Metric.Movement.MovementClass;
import io.plumbline.definitions.Metric.Snapshot.Edge;
import io.plumbline.definitions.Metric.Snapshot.Measure;
import io.plumbline.definitions.Unit;
import io.plumbline.definitions.reader.MovementKind.MovementMetric;
import io.plumbline.definitions.reader.RetentionKind.RetentionMetric;
import io.plumbline.definitions.reader.SnapshotKind.SnapshotMetric;
import java.util.Optional;

/** A movement or retention is one of a snapshot of an amount at the closing edge. */
final class MovementsReadAmounts implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric instanceof StateDeclaration declaration) {
        draft
            .metric(declaration.of().text())
            .ifPresent(of -> checkState(declaration, of, problems));
        checkCount(declaration, problems);
      }
    }
  }

  private static void checkState(StateDeclaration metric, MetricDeclaration of, Problems problems) {
    boolean amount =
        of instanceof SnapshotMetric snapshot
            && snapshot.measure() == Measure.AMOUNT
            && snapshot.edge() == Edge.CLOSING
            && !snapshot.ownCurrency();
    if (!amount) {
      problems.add(
          metric.of().at(),
          "Metric '%s' compares the states of '%s', which is no amount at the closing edge."
              .formatted(metric.name(), metric.of()),
          "Name a metric of `type: snapshot` without `count`, `agg`, `currency` and `edge: opening`.");
      return;
    }
    checkUnit(metric, of, problems);
  }

  private static void checkUnit(StateDeclaration metric, MetricDeclaration of, Problems problems) {
    boolean ofAmount =
        metric instanceof MovementMetric && !metric.entities()
            || metric instanceof RetentionMetric retention
                && retention.keep() == io.plumbline.definitions.Metric.Retention.Kept.OPENING
                && !metric.entities();
    Optional<Unit> unit = of.unit();
    if (ofAmount && metric.header().unit().isPresent() && !metric.header().unit().equals(unit)) {
      problems.add(
          metric.name().at(),
          "Metric '%s' is in %s, but '%s' is in %s."
              .formatted(
                  metric.name(),
                  metric.header().unit().get().yamlName(),
                  metric.of(),
                  unit.map(Unit::yamlName).orElse("no unit")),
          "Write the unit of '%s'.".formatted(metric.of()));
    }
  }

  /** Rates and transfers change amounts, never the number of entities. */
  private static void checkCount(StateDeclaration metric, Problems problems) {
    if (metric instanceof MovementMetric movement
        && movement.entities()
        && (movement.movement() == MovementClass.FX
            || movement.movement() == MovementClass.TRANSFER)) {
      problems.add(
          metric.name().at(),
          "Metric '%s' counts entities, but there are none behind '%s'."
              .formatted(
                  metric.name(), movement.movement().name().toLowerCase(java.util.Locale.ROOT)),
          "Remove `count`.");
    }
    if (metric instanceof MovementMetric movement
        && movement.basis() == Basis.DAILY
        && movement.movement() == MovementClass.TRANSFER) {
      problems.add(
          metric.name().at(),
          "Metric '%s' is a transfer by days, which says nothing about a period."
              .formatted(metric.name()),
          "Remove `basis`.");
    }
  }
}
