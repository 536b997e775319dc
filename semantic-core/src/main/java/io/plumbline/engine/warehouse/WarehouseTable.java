package io.plumbline.engine.warehouse;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table, view or materialized view of the warehouse, as it was when the catalog was read. */
public final class WarehouseTable extends AbstractTable {

  /** A column with its Calcite type. */
  public record Column(String name, RelDataType type, String remarks) {}

  private final String schema;
  private final String name;
  private final List<Column> columns;
  private final List<Set<String>> keys;

  /** A table of which no key is known. */
  public WarehouseTable(String schema, String name, List<Column> columns) {
    this(schema, name, columns, List.of());
  }

  /**
   * @param keys names of columns that are never null and identify a row, one set for each key;
   *     those of hidden columns are left out
   */
  public WarehouseTable(
      String schema, String name, List<Column> columns, Collection<Set<String>> keys) {
    this.schema = schema;
    this.name = name;
    this.columns = List.copyOf(columns);
    Set<String> names = columns.stream().map(Column::name).collect(Collectors.toSet());
    this.keys = keys.stream().filter(names::containsAll).map(Set::copyOf).toList();
  }

  /** The same with some of its columns. */
  public WarehouseTable with(List<Column> some) {
    return new WarehouseTable(schema, name, some, keys);
  }

  /** The same with other keys. */
  public WarehouseTable withKeys(Collection<Set<String>> others) {
    return new WarehouseTable(schema, name, columns, others);
  }

  public String schema() {
    return schema;
  }

  public String name() {
    return name;
  }

  public List<Column> columns() {
    return columns;
  }

  /**
   * What identifies a row. Not told to the library, which would take a masked key for one as well.
   */
  public List<Set<String>> keys() {
    return keys;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    RelDataTypeFactory.Builder row = typeFactory.builder();
    columns.forEach(column -> row.add(column.name(), column.type()));
    return row.build();
  }
}
