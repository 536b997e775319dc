package io.plumbline.engine.plan;

import java.util.Locale;

/** A column that a table of cohorts has instead of time columns. */
public enum CohortColumn {
  COHORT_MONTH("First day of the month in which the entities of the cohort began."),
  MONTHS_SINCE(
      "Months since then, from 0; values are those at the end of that month. Where it is not"
          + " grouped by, the last one that is known.");

  private final String description;

  CohortColumn(String description) {
    this.description = description;
  }

  /** The name of the column. */
  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String description() {
    return description;
  }
}
