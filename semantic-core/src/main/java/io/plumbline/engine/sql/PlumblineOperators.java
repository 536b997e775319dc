package io.plumbline.engine.sql;

import java.util.EnumSet;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The functions that a query may call. */
final class PlumblineOperators {

  private PlumblineOperators() {}

  static SqlOperatorTable table() {
    return SqlOperatorTables.chain(
        SqlOperatorTables.of(MetricOperators.all()),
        SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
            EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL)));
  }
}
