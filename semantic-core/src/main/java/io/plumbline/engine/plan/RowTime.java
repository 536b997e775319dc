package io.plumbline.engine.plan;

/**
 * To which time the rows of a dataset belong: decides which value a historical dimension has for
 * them.
 */
sealed interface RowTime {

  /** Rows hold from one instant to another; they are cut where a historical dimension changes. */
  record Interval(String from, String to) implements RowTime {}

  /** Rows happen at an instant or on a day. */
  record At(String column) implements RowTime {}

  /**
   * Rows hold for ever; they are cut where a historical dimension changes, and two more fields tell
   * from when to when.
   */
  record Pieces(String from, String to) implements RowTime {}

  /** Rows stand for the whole range of the query. */
  record WholeRange() implements RowTime {}
}
