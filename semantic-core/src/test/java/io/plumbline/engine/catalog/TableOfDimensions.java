package io.plumbline.engine.catalog;

import io.plumbline.definitions.Dimension;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.SemanticTable;
import io.plumbline.definitions.SemanticTable.DimensionReference;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.type.SqlTypeName;

/** A semantic table of texts by which something could be grouped, and nothing else. */
public final class TableOfDimensions {

  private TableOfDimensions() {}

  public static SemanticCatalogTable of(String... names) {
    Position nowhere = new Position("test.yaml", 1, 1);
    List<SemanticColumn> columns =
        List.of(names).stream().<SemanticColumn>map(name -> column(name, nowhere)).toList();
    List<DimensionReference> references = List.of(names).stream().map(n -> reference(n)).toList();
    return new SemanticCatalogTable(
        new SemanticTable(
            "test",
            "A test.",
            List.of(),
            references,
            List.of(),
            "metric_time",
            Optional.empty(),
            nowhere),
        columns);
  }

  private static DimensionReference reference(String name) {
    return new DimensionReference(name, "things", name, false);
  }

  private static SemanticColumn column(String name, Position at) {
    var types = PlumblineTypeSystem.typeFactory();
    return new SemanticColumn.Dimensional(
        reference(name),
        new Dimension(
            name, name, name, "A name.", List.of(), Optional.empty(), Optional.empty(), at),
        types.createTypeWithNullability(types.createSqlType(SqlTypeName.VARCHAR), true));
  }
}
