package io.plumbline.definitions;

import java.util.List;
import java.util.Optional;

/**
 * Rows of one kind, as metrics see them: a source, made clean.
 *
 * @param contract the contract it implements, if any
 * @param primaryKey columns that identify a row after deduplication
 * @param entity whose rows these are: row filters and snapshots rest on it
 * @param where over the source's columns: rows that the dataset has at all
 * @param deduplicate whether exact copies of source rows are taken once
 * @param versions columns that say when a row was known (the second time axis)
 * @param validity columns between which a row holds, {@code [from, to)}
 * @param time the column by which {@code simple} metrics are dated
 * @param currency the column with the ISO currency code of its money columns
 */
public record Dataset(
    String name,
    Optional<String> contract,
    String description,
    Source source,
    List<Column> columns,
    List<String> primaryKey,
    Optional<EntityKey> entity,
    Optional<Expression> where,
    boolean deduplicate,
    Optional<Interval> versions,
    Optional<Interval> validity,
    Optional<String> time,
    Optional<String> currency,
    List<Exclusion> exclusions,
    List<Join> joins,
    List<Dimension> dimensions,
    Position at) {

  /** The owner of a row: an entity such as {@code account}, and the column that holds its key. */
  public record EntityKey(String entity, String column) {}

  /** Two columns that bound an interval; the second is null while it is open. */
  public record Interval(String from, String to) {}

  public Dataset {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    exclusions = List.copyOf(exclusions);
    joins = List.copyOf(joins);
    dimensions = List.copyOf(dimensions);
  }

  public Optional<Column> column(String columnName) {
    return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
  }

  public Optional<Join> join(String to) {
    return joins.stream().filter(j -> j.to().equals(to)).findFirst();
  }
}
