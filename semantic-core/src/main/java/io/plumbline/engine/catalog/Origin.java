package io.plumbline.engine.catalog;

/**
 * A column of a source table from which a value comes.
 *
 * @param direct whether the value is the column's own, not computed from it
 */
public record Origin(String schema, String table, String column, boolean direct) {

  /** The same column, as a part of something computed. */
  public Origin computed() {
    return direct ? new Origin(schema, table, column, false) : this;
  }
}
