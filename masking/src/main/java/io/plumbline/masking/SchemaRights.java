package io.plumbline.masking;

import io.plumbline.definitions.Position;
import java.util.List;
import java.util.stream.Stream;

/**
 * The schemas that one role may name, and those that it may not even if another role allows them.
 */
public record SchemaRights(List<SchemaName> allowed, List<SchemaName> denied) {

  /** The word that stands for every schema. */
  static final String EVERY_SCHEMA = "ALL";

  /** A role that may name nothing. */
  static final SchemaRights NONE = new SchemaRights(List.of(), List.of());

  /** A schema as the policy file names it. */
  public record SchemaName(String schema, Position at) {

    boolean isEverySchema() {
      return schema.equals(EVERY_SCHEMA);
    }

    boolean covers(String other) {
      return isEverySchema() || schema.equals(other);
    }
  }

  public SchemaRights {
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
  }

  /** These rights and others of the same role. */
  SchemaRights and(SchemaRights other) {
    return new SchemaRights(
        Stream.concat(allowed.stream(), other.allowed.stream()).toList(),
        Stream.concat(denied.stream(), other.denied.stream()).toList());
  }

  boolean allows(String schema) {
    return allowed.stream().anyMatch(name -> name.covers(schema));
  }

  boolean denies(String schema) {
    return denied.stream().anyMatch(name -> name.covers(schema));
  }

  List<SchemaName> names() {
    return Stream.concat(allowed.stream(), denied.stream()).toList();
  }
}
