package io.plumbline.engine;

import java.sql.Types;

/**
 * A column of a result, or of a table as a client sees it.
 *
 * @param type how values travel
 * @param precision digits or characters; 0 where it has no meaning
 * @param description for REMARKS: unit, additivity, meaning; empty if there is none
 * @param generated whether it is a metric (a generated column in JDBC metadata)
 */
public record ResultColumn(
    String name,
    Type type,
    int precision,
    int scale,
    boolean nullable,
    String description,
    boolean generated) {

  /** How values travel. */
  public enum Type {
    BOOLEAN(Types.BOOLEAN, "boolean"),
    SMALLINT(Types.SMALLINT, "smallint"),
    INTEGER(Types.INTEGER, "integer"),
    BIGINT(Types.BIGINT, "bigint"),
    DECIMAL(Types.DECIMAL, "numeric"),
    REAL(Types.REAL, "real"),
    DOUBLE(Types.DOUBLE, "double precision"),
    DATE(Types.DATE, "date"),
    TIME(Types.TIME, "time"),
    /** Without a zone, or an instant shown in UTC; milliseconds travel. */
    TIMESTAMP(Types.TIMESTAMP, "timestamp"),
    VARCHAR(Types.VARCHAR, "text"),
    VARBINARY(Types.VARBINARY, "bytea");

    private final int jdbcType;
    private final String sqlName;

    Type(int jdbcType, String sqlName) {
      this.jdbcType = jdbcType;
      this.sqlName = sqlName;
    }

    /** A constant of {@link java.sql.Types}. */
    public int jdbcType() {
      return jdbcType;
    }

    public String sqlName() {
      return sqlName;
    }
  }
}
