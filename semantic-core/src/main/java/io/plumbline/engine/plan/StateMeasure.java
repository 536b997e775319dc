package io.plumbline.engine.plan;

import java.util.Locale;

/** What can be read off the states of entities at the ends of a period. */
enum StateMeasure {
  /** Sum of the amounts at the start. */
  OPENING_AMOUNT(true),
  /** Sum of the amounts at the end. */
  CLOSING_AMOUNT(true),
  /** Entities with a positive amount at the start. */
  OPENING_ENTITIES(false),
  /** Entities with a positive amount at the end. */
  CLOSING_ENTITIES(false),
  /** Entities with a positive amount at the start or at the end. */
  PRESENT_ENTITIES(false);

  private final boolean amount;

  StateMeasure(boolean amount) {
    this.amount = amount;
  }

  boolean isAmount() {
    return amount;
  }

  /** The field that holds it in an evaluation's rows. */
  String field() {
    return name().toLowerCase(Locale.ROOT);
  }
}
