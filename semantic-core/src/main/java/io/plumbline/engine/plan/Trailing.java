package io.plumbline.engine.plan;

import java.util.List;
import java.util.Locale;

/** What is summed of those who counted at the start of a trailing window. */
enum Trailing {
  /** What they had then. */
  OPENING,
  /** What they have now. */
  KEPT,
  /** The lesser of both. */
  LESSER,
  /** What those had who have nothing now. */
  CHURNED,
  /** How many they were. */
  OPENING_ENTITIES,
  /** How many of them count now. */
  KEPT_ENTITIES,
  /** How many of them have no less now. */
  LESSER_ENTITIES;

  boolean isAmount() {
    return compareTo(OPENING_ENTITIES) < 0;
  }

  /** Whether it compares the amounts of an entity, for which they must be in one currency. */
  boolean compares() {
    return this == LESSER || this == LESSER_ENTITIES;
  }

  /** The field of its change, to be summed up over time. */
  String change() {
    return name().toLowerCase(Locale.ROOT) + "_change";
  }

  /** The field of the value itself, of entities that are not evaluated by changes. */
  String value() {
    return name().toLowerCase(Locale.ROOT) + "_value";
  }

  /** What a measure is the difference of: all but the first are taken away. */
  static List<Trailing> of(StateMeasure measure) {
    return switch (measure) {
      case OPENING_AMOUNT -> List.of(OPENING);
      case KEPT_AMOUNT -> List.of(KEPT);
      case LESSER_AMOUNT -> List.of(LESSER);
      case CHURN_AMOUNT -> List.of(CHURNED);
      case LOST_AMOUNT -> List.of(OPENING, LESSER);
      case OPENING_ENTITIES -> List.of(OPENING_ENTITIES);
      case KEPT_COUNT -> List.of(KEPT_ENTITIES);
      case LESSER_COUNT -> List.of(LESSER_ENTITIES);
      case CHURN_COUNT -> List.of(OPENING_ENTITIES, KEPT_ENTITIES);
      case LOST_COUNT -> List.of(OPENING_ENTITIES, LESSER_ENTITIES);
      default -> throw new IllegalArgumentException(measure + " has no window of its own");
    };
  }
}
