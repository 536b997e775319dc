package io.plumbline.definitions;

import java.util.List;

/** A view of fixed grain in the schema {@code analytics}, written over semantic tables. */
public record PublishedView(
    String name, String description, Expression sql, List<ViewColumn> columns, Position at) {

  /** Documentation of a column; the names come from the query. */
  public record ViewColumn(String name, String description) {}

  public PublishedView {
    columns = List.copyOf(columns);
  }
}
