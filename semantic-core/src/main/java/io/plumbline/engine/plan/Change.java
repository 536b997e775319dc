package io.plumbline.engine.plan;

import java.util.Locale;

/** What changes in a period, summed by dimensions in the currency of the rows. */
enum Change {
  /** Of all amounts. */
  DELTA,
  /** Of the number of entities that count. */
  ENTITY_DELTA,
  /** Entities that began to count. */
  APPEARED,
  /** Amounts of entities that count for the first time ever. */
  NEW,
  /** Amounts of entities that count again. */
  REACTIVATION,
  /** What entities gained that counted at both edges. */
  EXPANSION,
  /** What entities lost that counted at both edges. */
  CONTRACTION,
  /** What entities had that ceased to count. */
  CHURN,
  /** How many entities count for the first time ever. */
  NEW_ENTITIES,
  /** How many entities count again. */
  REACTIVATION_ENTITIES,
  /** How many entities gained. */
  EXPANSION_ENTITIES,
  /** How many entities lost. */
  CONTRACTION_ENTITIES,
  /** How many entities ceased to count. */
  CHURN_ENTITIES;

  /** The field that holds it. */
  String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it depends on both edges of an entity. */
  boolean isPerEntity() {
    return this != DELTA;
  }

  /** Whether it belongs to a class of movement. */
  boolean isMovement() {
    return compareTo(NEW) >= 0;
  }

  /** Whether it needs to know if an entity counts for the first time ever. */
  boolean isOfBeginning() {
    return switch (this) {
      case NEW, NEW_ENTITIES, REACTIVATION, REACTIVATION_ENTITIES -> true;
      default -> false;
    };
  }

  /** Whether it needs to know if an entity gained or lost. */
  boolean hasDirection() {
    return switch (this) {
      case EXPANSION, CONTRACTION, EXPANSION_ENTITIES, CONTRACTION_ENTITIES -> true;
      default -> false;
    };
  }
}
