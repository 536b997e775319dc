package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.Source;
import java.util.List;
import java.util.Optional;

/**
 * A dataset as a file declares it.
 *
 * @param contract the contract that it implements; then {@code shape} holds only what it adds
 * @param source empty if it is missing or unreadable, which was reported
 * @param zone the zone rule of columns that have none of their own
 */
record DatasetDeclaration(
    Name name,
    Optional<Name> contract,
    String description,
    Optional<Source> source,
    List<Binding> bindings,
    Shape shape,
    Optional<Expression> where,
    boolean deduplicate,
    Optional<ZoneRule> zone,
    Position columnsAt) {

  /** A column and the expression over the source that gives its value. */
  record Binding(
      Name column, Expression expression, Optional<ZoneRule> zone, Optional<TypeName> type) {}

  /** A type, where it is said. */
  record TypeName(DataType type, Position at) {}

  Optional<Binding> binding(String column) {
    return bindings.stream().filter(b -> b.column().text().equals(column)).findFirst();
  }

  Optional<ZoneRule> zoneOf(Binding binding) {
    return binding.zone().or(() -> zone);
  }
}
