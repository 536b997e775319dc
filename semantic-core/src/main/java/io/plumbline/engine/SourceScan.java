package io.plumbline.engine;

import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.time.LocalDate;
import java.util.List;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;

/**
 * A scan of a source table that a governor is asked about.
 *
 * @param use who reads the rows
 * @param within conditions over the fields of the scan that stand above it in any case, and can
 *     neither fail nor tell anything of a row: they may be evaluated before a row filter as well
 * @param rightsOn the day on which the rights are read, not the one at which the session looks
 * @param sources compiles over all tables, into the plan of the scan
 */
public record SourceScan(
    TableScan scan,
    WarehouseTable table,
    Use use,
    List<RexNode> within,
    LocalDate rightsOn,
    QueryCompiler.Compilation sources) {

  /** Who reads the rows of a scan. */
  public enum Use {
    /** The query: whatever it does with a value, it sees the mask. */
    SHOWN,
    /** A definition, whose author decides what becomes of the values. */
    DEFINITION,
    /** The same, for a metric with which somebody compares itself: over the rows of everyone. */
    BENCHMARK
  }

  public SourceScan {
    within = List.copyOf(within);
  }
}
