package io.plumbline.engine;

import io.plumbline.engine.catalog.DatasetColumn;
import io.plumbline.engine.catalog.Origin;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;

/**
 * Who may see what. The engine asks it for every scan of a source table, wherever in the plan the
 * scan stands, and refuses a plan that has a scan which did not come from here.
 */
public interface Governor {

  /**
   * Whether the principal may name the schema, or anything in it, in SQL and see it in metadata.
   */
  boolean maySeeSchema(Principal principal, String schema);

  /** Whether the principal may name the table. Asked only within visible schemas. */
  boolean maySeeTable(Principal principal, String schema, String table);

  /** Whether the principal may name the column. Asked only within visible tables. */
  boolean maySeeColumn(Principal principal, String schema, String table, String column);

  /**
   * Whether the principal may name something that is made of source columns: a metric or dimension
   * of a semantic table, or a published view. Asked only within visible schemas.
   *
   * @param name of the table or view, followed by a dot and the column if it is one
   * @param origins where the values come from; takes time to find
   */
  default boolean maySeeDerived(
      Principal principal, String schema, String name, Supplier<Set<Origin>> origins) {
    return true;
  }

  /** Whether {@code explain} may show the physical SQL. */
  boolean maySeePhysicalPlan(Principal principal);

  /**
   * Whether somebody may see another value in place of a column's own. Such a column may be null
   * for everyone.
   */
  default boolean masksSomebody(String schema, String table, String column) {
    return false;
  }

  /**
   * What stands in the plan for a scan of a source table: the scan itself under its row filter,
   * fence and masks, with the row type of the scan.
   */
  RelNode govern(SourceScan scan, Principal principal);

  /** A plan whose scans are governed, said so that it costs less; no other row is read in it. */
  default RelNode simplified(RelNode governed) {
    return governed;
  }

  /** What a query gets for a column of a dataset that it shows, groups or filters by. */
  default Optional<Mask> mask(DatasetColumn column, Principal principal) {
    return Optional.empty();
  }

  /** How much the principal may ask of the warehouse. */
  default QueryLimits limits(Principal principal) {
    return QueryLimits.NONE;
  }

  /** How many entities a group must have for the principal to see its metrics; empty: any. */
  default Optional<Integer> minGroupSize(Principal principal) {
    return Optional.empty();
  }

  /** The metrics that the principal may compare its own with; empty: none. */
  default Optional<Benchmark> benchmark(Principal principal) {
    return Optional.empty();
  }

  /** The rules by name that {@link #govern} applies to a table, for {@code explain} and audit. */
  List<String> appliedTo(WarehouseTable table, Principal principal);

  /** Whether the principal is a service account that asks for others, with their rights. */
  default boolean mayActForOthers(Principal principal) {
    return false;
  }

  /** Whether the principal may ask what it sees, in the schema {@code catalog}. */
  default boolean maySeeCatalog(Principal principal) {
    return true;
  }

  /** The rules on a principal, for {@code catalog.my_access}. */
  default Access access(Principal principal) {
    return Access.OPEN;
  }

  /** The columns that have tags, for the audit. */
  default List<TaggedColumn> tags() {
    return List.of();
  }

  /** Whether the principal may read what others have asked; everyone may read what they did. */
  default boolean maySeeAuditLog(Principal principal) {
    return false;
  }

  /** Whether the principal may end statements of others; everyone may end their own. */
  default boolean mayEndStatements(Principal principal) {
    return false;
  }

  /** Changes with every change of the rules: part of every cache key. */
  String version();
}
