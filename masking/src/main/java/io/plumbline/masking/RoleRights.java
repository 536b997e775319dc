package io.plumbline.masking;

import io.plumbline.definitions.Position;
import io.plumbline.engine.QueryLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one role may name, and what it may not even if another role allows it.
 *
 * @param deniedClassifications tagged columns that do not exist for the role
 * @param grants what it may read although it is made of something denied
 * @param minGroupSize how many entities a group must have for its metrics to be shown
 * @param benchmark the metrics of everyone with which the role compares those that its row filters
 *     leave; the group size is then for them only
 */
public record RoleRights(
    List<SchemaName> allowed,
    List<SchemaName> denied,
    List<ColumnName> deniedColumns,
    List<Name> deniedClassifications,
    List<Name> grants,
    Optional<QueryLimits> limits,
    Optional<GroupSize> minGroupSize,
    List<Name> benchmark) {

  /** The word that stands for every schema. */
  static final String EVERY_SCHEMA = "ALL";

  /** A role that may name nothing. */
  static final RoleRights NONE =
      new RoleRights(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** A schema as the policy file names it. */
  public record SchemaName(String schema, Position at) {

    boolean isEverySchema() {
      return schema.equals(EVERY_SCHEMA);
    }

    boolean covers(String other) {
      return isEverySchema() || schema.equals(other);
    }
  }

  /** The fewest entities of a group that is shown. */
  public record GroupSize(int entities, Position at) {}

  /** Another name in the policy file. */
  public record Name(String text, Position at) {}

  /** A column of any table ({@code email}), of one table, or of one table of one schema. */
  public record ColumnName(String text, Position at) {

    boolean covers(String schema, String table, String column) {
      List<String> parts = Arrays.asList(text.split("\\.", -1));
      List<String> whole = List.of(schema, table, column);
      return parts.size() <= whole.size()
          && whole.subList(whole.size() - parts.size(), whole.size()).equals(parts);
    }
  }

  public RoleRights {
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
    deniedColumns = List.copyOf(deniedColumns);
    deniedClassifications = List.copyOf(deniedClassifications);
    grants = List.copyOf(grants);
    benchmark = List.copyOf(benchmark);
  }

  /** These rights and others of the same role; the last limits count. */
  RoleRights and(RoleRights other) {
    return new RoleRights(
        joined(allowed, other.allowed),
        joined(denied, other.denied),
        joined(deniedColumns, other.deniedColumns),
        joined(deniedClassifications, other.deniedClassifications),
        joined(grants, other.grants),
        other.limits.or(() -> limits),
        other.minGroupSize.or(() -> minGroupSize),
        joined(benchmark, other.benchmark));
  }

  private static <T> List<T> joined(List<T> these, List<T> others) {
    return Stream.concat(these.stream(), others.stream()).toList();
  }

  boolean allows(String schema) {
    return allowed.stream().anyMatch(name -> name.covers(schema));
  }

  boolean denies(String schema) {
    return denied.stream().anyMatch(name -> name.covers(schema));
  }

  boolean deniesColumn(String schema, String table, String column) {
    return deniedColumns.stream().anyMatch(name -> name.covers(schema, table, column));
  }

  boolean deniesClassification(String classification) {
    return deniedClassifications.stream().anyMatch(name -> name.text().equals(classification));
  }

  /** The group size for whatever the role asks; empty if it is for benchmarks. */
  Optional<GroupSize> sizeOfEveryGroup() {
    return benchmark.isEmpty() ? minGroupSize : Optional.empty();
  }

  /** Whether the role may read a view, a semantic table or one of its columns by name. */
  boolean grants(String schema, String name) {
    String whole = schema + "." + name;
    return grants.stream()
        .anyMatch(grant -> whole.equals(grant.text()) || whole.startsWith(grant.text() + "."));
  }

  /** Whether anything is denied that could reach the role through something derived. */
  boolean deniesAnything() {
    return !denied.isEmpty() || !deniedColumns.isEmpty() || !deniedClassifications.isEmpty();
  }

  List<SchemaName> names() {
    return joined(allowed, denied);
  }
}
