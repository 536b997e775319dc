package io.plumbline.definitions;

/** What may be summed, and so cached and rolled up. */
public enum Additivity {
  /** Over time and over dimensions. */
  ADDITIVE,
  /**
   * Over dimensions only; over time it must be evaluated: the first or last value counts, or both.
   */
  SEMI_ADDITIVE,
  /** Never: must be evaluated at the grain that is asked for. */
  NON_ADDITIVE
}
