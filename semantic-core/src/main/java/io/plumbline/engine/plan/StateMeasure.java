package io.plumbline.engine.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be read off the states of entities at the edges of a period. */
enum StateMeasure {
  /** Sum of the amounts at the start. */
  OPENING_AMOUNT(Kind.AMOUNT, Change.DELTA),
  /** Sum of the amounts at the end. */
  CLOSING_AMOUNT(Kind.AMOUNT, Change.DELTA),
  /** Sum of the amounts at the start, not converted. */
  OPENING_OWN(Kind.OWN_AMOUNT, Change.DELTA),
  /** Sum of the amounts at the end, not converted. */
  CLOSING_OWN(Kind.OWN_AMOUNT, Change.DELTA),
  /** Entities with a positive amount at the start. */
  OPENING_ENTITIES(Kind.COUNT, Change.ENTITY_DELTA),
  /** Entities with a positive amount at the end. */
  CLOSING_ENTITIES(Kind.COUNT, Change.ENTITY_DELTA),
  /** Entities with a positive amount at the start or at the end. */
  PRESENT_ENTITIES(Kind.COUNT, Change.ENTITY_DELTA, Change.APPEARED),

  NEW_AMOUNT(Kind.AMOUNT, Change.NEW),
  REACTIVATION_AMOUNT(Kind.AMOUNT, Change.REACTIVATION),
  EXPANSION_AMOUNT(Kind.AMOUNT, Change.EXPANSION),
  CONTRACTION_AMOUNT(Kind.AMOUNT, Change.CONTRACTION),
  CHURN_AMOUNT(Kind.AMOUNT, Change.CHURN),
  /** What rates did to the amounts of those who counted at both edges. */
  FX_AMOUNT(Kind.AMOUNT, Change.DELTA, Change.EXPANSION, Change.CONTRACTION, Change.CHURN),
  /** What came from other values of a historical dimension, less what went to them. */
  TRANSFER_AMOUNT(
      Kind.AMOUNT,
      Change.DELTA,
      Change.NEW,
      Change.REACTIVATION,
      Change.EXPANSION,
      Change.CONTRACTION,
      Change.CHURN),
  NEW_COUNT(Kind.COUNT, Change.NEW_ENTITIES),
  REACTIVATION_COUNT(Kind.COUNT, Change.REACTIVATION_ENTITIES),
  EXPANSION_COUNT(Kind.COUNT, Change.EXPANSION_ENTITIES),
  CONTRACTION_COUNT(Kind.COUNT, Change.CONTRACTION_ENTITIES),
  CHURN_COUNT(Kind.COUNT, Change.CHURN_ENTITIES),

  /** What those who counted at the start have at the end, in the rates of the start. */
  KEPT_AMOUNT(Kind.AMOUNT, Change.DELTA, Change.EXPANSION, Change.CONTRACTION, Change.CHURN),
  /** The lesser of both edges, in the rates of the start. */
  LESSER_AMOUNT(Kind.AMOUNT, Change.DELTA, Change.CONTRACTION, Change.CHURN),
  /** What those who counted at the start lost, in the rates of the start. */
  LOST_AMOUNT(Kind.AMOUNT, Change.CONTRACTION, Change.CHURN),
  /** Entities that counted at both edges. */
  KEPT_COUNT(Kind.COUNT, Change.ENTITY_DELTA, Change.CHURN_ENTITIES),
  /** Entities that counted at the start and did not gain or stay. */
  LOST_COUNT(Kind.COUNT, Change.CONTRACTION_ENTITIES, Change.CHURN_ENTITIES),
  /** Entities that counted at both edges and did not lose. */
  LESSER_COUNT(Kind.COUNT, Change.ENTITY_DELTA, Change.CONTRACTION_ENTITIES, Change.CHURN_ENTITIES);

  private enum Kind {
    AMOUNT,
    OWN_AMOUNT,
    COUNT
  }

  private final Kind kind;
  private final Set<Change> changes;

  StateMeasure(Kind kind, Change... changes) {
    this.kind = kind;
    this.changes = EnumSet.copyOf(List.of(changes));
  }

  /** Whether it is money that is converted, if the rows have a currency. */
  boolean isConverted() {
    return kind == Kind.AMOUNT;
  }

  /** Whether it is money in the currency of the rows. */
  boolean isInOwnCurrency() {
    return kind == Kind.OWN_AMOUNT;
  }

  /** The changes that it is computed from. */
  Set<Change> changes() {
    return changes;
  }

  /** Whether it needs the running sum of all changes. */
  boolean readsState() {
    return changes.contains(Change.DELTA) || changes.contains(Change.ENTITY_DELTA);
  }

  /** The field that holds it in an evaluation's rows. */
  String field() {
    return name().toLowerCase(Locale.ROOT);
  }
}
