package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Source;
import java.util.Optional;

/** Reads where the rows of a dataset come from: {@code source: schema.table} or {@code sql}. */
final class SourceReader {

  private final Problems problems;

  SourceReader(Problems problems) {
    this.problems = problems;
  }

  Optional<Source> read(Fields fields) {
    Optional<Name> table = fields.name("source");
    Optional<Expression> sql = fields.expression("sql");
    if (fields.has("source") == fields.has("sql")) {
      problems.add(
          fields.at(),
          fields.what() + (fields.has("source") ? " has two sources." : " has no source."),
          "Write either `source: schema.table` or `sql: select ...`.");
      return Optional.empty();
    }
    return sql.<Source>map(Source.Query::new).or(() -> table.flatMap(this::table));
  }

  private Optional<Source> table(Name written) {
    Optional<Dotted> parts = Dotted.parse(written);
    if (parts.isEmpty()) {
      problems.add(
          written.at(),
          "'%s' is not the name of a table.".formatted(written),
          "Write schema.table.");
    }
    return parts.map(p -> new Source.Table(p.dataset().text(), p.column().text(), written.at()));
  }
}
