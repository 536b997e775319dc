package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.PublishedView;
import io.plumbline.definitions.PublishedView.ViewColumn;
import java.util.List;
import java.util.Optional;

/** Reads an item of {@code views}. */
final class ViewReader {

  Optional<ViewDeclaration> read(Fields fields) {
    Optional<Name> name = fields.ownName();
    String description = fields.text("description").orElse("");
    Optional<Expression> sql =
        fields.required("sql", fields.expression("sql"), "Write its query: `sql: select ...`.");
    List<ViewColumn> columns = columns(fields);
    List<Name> needs = fields.names("needs");
    fields.rejectUnknownKeys();
    return name.flatMap(
        n ->
            sql.map(
                query ->
                    new ViewDeclaration(
                        new PublishedView(n.text(), description, query, columns, n.at()),
                        n,
                        needs)));
  }

  /** Each key is a column, its value the description. */
  private static List<ViewColumn> columns(Fields fields) {
    if (!(fields.node("columns").orElse(null) instanceof YamlNode.Mapping mapping)) {
      fields.entries("columns");
      return List.of();
    }
    Fields columns = new Fields(fields.what() + ": 'columns'", mapping, fields.problems());
    return mapping.entries().stream()
        .map(YamlNode.Mapping.Entry::key)
        .flatMap(key -> columns.text(key.text()).map(d -> new ViewColumn(key.text(), d)).stream())
        .toList();
  }
}
