package io.plumbline.engine;

import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.tools.RelBuilder;

/**
 * A governor that remembers what it was asked, hides names, and shows rows of shops by the town of
 * the principal.
 */
class RecordingGovernor implements Governor {

  private final Set<String> hidden;
  private final Queue<String> governed = new ConcurrentLinkedQueue<>();
  private volatile String version = "1";

  /**
   * @param hidden schemas, tables and columns by their dotted names
   */
  RecordingGovernor(String... hidden) {
    this.hidden = Set.of(hidden);
  }

  /** The tables of the scans since the last call. */
  List<String> governed() {
    List<String> tables = governed.stream().sorted().toList();
    governed.clear();
    return tables;
  }

  void changeTo(String other) {
    version = other;
  }

  @Override
  public boolean maySeeSchema(Principal principal, String schema) {
    return !hidden.contains(schema);
  }

  @Override
  public boolean maySeeTable(Principal principal, String schema, String table) {
    return !hidden.contains(schema + "." + table);
  }

  @Override
  public boolean maySeeColumn(Principal principal, String schema, String table, String column) {
    return !hidden.contains(schema + "." + table + "." + column);
  }

  @Override
  public boolean maySeePhysicalPlan(Principal principal) {
    return principal.roles().contains("admin");
  }

  @Override
  public RelNode govern(SourceScan scan, Principal principal) {
    WarehouseTable table = scan.table();
    governed.add(table.schema() + "." + table.name());
    if (appliedTo(table, principal).isEmpty()) {
      return scan.scan();
    }
    String town = principal.attributes().get("town");
    RelBuilder builder = scan.sources().builder();
    return builder
        .push(scan.scan())
        .filter(builder.equals(builder.field("town"), builder.literal(town)))
        .build();
  }

  @Override
  public List<String> appliedTo(WarehouseTable table, Principal principal) {
    boolean filtered = principal.attributes().containsKey("town") && table.name().equals("shop");
    return filtered ? List.of("own town") : List.of();
  }

  @Override
  public String version() {
    return version;
  }
}
