package io.plumbline.engine.plan;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Snapshot.Edge;
import java.util.List;

/** The measures behind metrics over states: one, or a numerator and a denominator. */
final class StateMeasures {

  private StateMeasures() {}

  static List<StateMeasure> of(Metric.OfState metric) {
    if (metric instanceof Metric.Snapshot snapshot) {
      return List.of(of(snapshot));
    }
    if (metric instanceof Metric.Movement movement) {
      return List.of(of(movement));
    }
    return of((Metric.Retention) metric);
  }

  private static StateMeasure of(Metric.Snapshot snapshot) {
    boolean closing = snapshot.edge() == Edge.CLOSING;
    return switch (snapshot.measure()) {
      case AMOUNT ->
          snapshot.ownCurrency()
              ? closing ? StateMeasure.CLOSING_OWN : StateMeasure.OPENING_OWN
              : closing ? StateMeasure.CLOSING_AMOUNT : StateMeasure.OPENING_AMOUNT;
      case ENTITIES -> closing ? StateMeasure.CLOSING_ENTITIES : StateMeasure.OPENING_ENTITIES;
      case ROWS -> closing ? StateMeasure.CLOSING_AMOUNT : StateMeasure.OPENING_AMOUNT;
      case MIN, MAX -> throw new IllegalArgumentException(snapshot.name() + " is no sum");
    };
  }

  private static StateMeasure of(Metric.Movement movement) {
    boolean count = movement.entities();
    return switch (movement.movement()) {
      case NEW -> count ? StateMeasure.NEW_COUNT : StateMeasure.NEW_AMOUNT;
      case REACTIVATION ->
          count ? StateMeasure.REACTIVATION_COUNT : StateMeasure.REACTIVATION_AMOUNT;
      case EXPANSION -> count ? StateMeasure.EXPANSION_COUNT : StateMeasure.EXPANSION_AMOUNT;
      case CONTRACTION -> count ? StateMeasure.CONTRACTION_COUNT : StateMeasure.CONTRACTION_AMOUNT;
      case CHURN -> count ? StateMeasure.CHURN_COUNT : StateMeasure.CHURN_AMOUNT;
      case FX -> StateMeasure.FX_AMOUNT;
      case TRANSFER -> StateMeasure.TRANSFER_AMOUNT;
    };
  }

  private static List<StateMeasure> of(Metric.Retention retention) {
    boolean count = retention.entities();
    StateMeasure opening = count ? StateMeasure.OPENING_ENTITIES : StateMeasure.OPENING_AMOUNT;
    return switch (retention.keep()) {
      case OPENING -> List.of(opening);
      case CLOSING -> List.of(count ? StateMeasure.KEPT_COUNT : StateMeasure.KEPT_AMOUNT, opening);
      case LESSER ->
          List.of(count ? StateMeasure.LESSER_COUNT : StateMeasure.LESSER_AMOUNT, opening);
      case CHURNED ->
          List.of(count ? StateMeasure.CHURN_COUNT : StateMeasure.CHURN_AMOUNT, opening);
      case LOST -> List.of(count ? StateMeasure.LOST_COUNT : StateMeasure.LOST_AMOUNT, opening);
    };
  }
}
