package io.plumbline.engine.sql;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** Everything lenient, except that a column must be grouped or aggregated. */
final class PlumblineConformance extends SqlDelegatingConformance {

  PlumblineConformance() {
    super(SqlConformanceEnum.BABEL);
  }

  @Override
  public boolean isNonStrictGroupBy() {
    return false;
  }

  /** A name in a select list is never another item of that list, as in PostgreSQL. */
  @Override
  public SelectAliasLookup isSelectAlias() {
    return SelectAliasLookup.UNSUPPORTED;
  }
}
