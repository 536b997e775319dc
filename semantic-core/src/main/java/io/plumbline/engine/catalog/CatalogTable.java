package io.plumbline.engine.catalog;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.plumbline.engine.Access;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A table of the schema {@code catalog}: what the layer says of itself to one principal. All values
 * are text, and stand in the plan as literals.
 */
public final class CatalogTable extends AbstractTable {

  private final String name;
  private final String description;
  private final List<Column> columns;
  private final Supplier<List<List<@Nullable String>>> rows;
  private final List<Access.Scope> scopes;

  /** A column; it may be null. */
  public record Column(String name, String description) {}

  /**
   * @param rows made when somebody asks for them
   * @param scopes entities that are counted then
   */
  public CatalogTable(
      String name,
      String description,
      List<Column> columns,
      Supplier<List<List<@Nullable String>>> rows,
      List<Access.Scope> scopes) {
    this.name = name;
    this.description = description;
    this.columns = List.copyOf(columns);
    this.rows = Suppliers.memoize(rows);
    this.scopes = List.copyOf(scopes);
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  public List<Column> columns() {
    return columns;
  }

  public List<List<@Nullable String>> rows() {
    return rows.get();
  }

  /** Entities to be counted when somebody asks: a row for each, before the others. */
  public List<Access.Scope> scopes() {
    return scopes;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    RelDataType text =
        types.createTypeWithNullability(types.createSqlType(SqlTypeName.VARCHAR), true);
    RelDataTypeFactory.Builder row = types.builder();
    columns.forEach(column -> row.add(column.name(), text));
    return row.build();
  }
}
