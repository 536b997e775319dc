package io.plumbline.masking;

import io.plumbline.engine.QueryLimits;
import io.plumbline.masking.PolicyDocument.Word;
import io.plumbline.masking.RoleRights.ColumnName;
import io.plumbline.masking.RoleRights.GroupSize;
import io.plumbline.masking.RoleRights.Name;
import io.plumbline.masking.RoleRights.SchemaName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code self_service}: what roles may name, and how much they may ask. */
final class RoleRightsReader {

  private static final Set<String> KEYS =
      Set.of(
          "role",
          "allowed_schemas",
          "denied_schemas",
          "denied_columns",
          "denied_classifications",
          "grants",
          "query_limits",
          "min_group_size",
          "benchmark");
  private static final int SMALLEST_GROUP = 2;
  private static final int LARGEST_GROUP = 1_000_000;
  private static final Set<String> LIMITS =
      Set.of("max_scan_rows", "max_runtime_seconds", "max_concurrent_queries", "max_result_rows");

  private final PolicyDocument document;
  private final DeclaredRoles roles;

  RoleRightsReader(PolicyDocument document, DeclaredRoles roles) {
    this.document = document;
    this.roles = roles;
  }

  /** The rights of every declared role. */
  Map<String, RoleRights> read(List<Node> entries) {
    Map<String, RoleRights> rights = new LinkedHashMap<>();
    roles.names().forEach(role -> rights.put(role, RoleRights.NONE));
    entries.forEach(entry -> add(entry, rights));
    return rights;
  }

  private void add(Node entry, Map<String, RoleRights> rights) {
    Map<String, Node> keys = document.section(entry, "an entry of 'self_service'", KEYS);
    RoleRights added =
        new RoleRights(
            names(keys, "allowed_schemas", SchemaName::new),
            names(keys, "denied_schemas", SchemaName::new),
            names(keys, "denied_columns", ColumnName::new),
            names(keys, "denied_classifications", Name::new),
            names(keys, "grants", Name::new),
            Optional.ofNullable(keys.get("query_limits")).map(this::limits),
            Optional.ofNullable(keys.get("min_group_size")).flatMap(this::groupSize),
            names(keys, "benchmark", Name::new));
    document
        .required(keys, "role", entry, "Name the role.")
        .map(role -> roles.known(List.of(role)))
        .ifPresent(known -> known.forEach(role -> rights.merge(role, added, RoleRights::and)));
  }

  private <T> List<T> names(
      Map<String, Node> keys,
      String key,
      BiFunction<String, io.plumbline.definitions.Position, T> name) {
    return document.optionalWords(keys, key).stream()
        .map((Word word) -> name.apply(word.text(), word.at()))
        .toList();
  }

  private Optional<GroupSize> groupSize(Node node) {
    Optional<Long> size = document.positive(node, "'min_group_size'");
    if (size.filter(n -> n < SMALLEST_GROUP || n > LARGEST_GROUP).isPresent()) {
      document.report(
          document.at(node),
          "'min_group_size' must be from 2 to 1000000.",
          "Write 5, if in doubt.");
    }
    return size.map(entities -> new GroupSize(entities.intValue(), document.at(node)));
  }

  private QueryLimits limits(Node node) {
    Map<String, Node> keys = document.section(node, "'query_limits'", LIMITS);
    return new QueryLimits(
        limit(keys, "max_scan_rows"),
        limit(keys, "max_runtime_seconds").map(Duration::ofSeconds),
        limit(keys, "max_concurrent_queries").map(Long::intValue),
        limit(keys, "max_result_rows"));
  }

  private Optional<Long> limit(Map<String, Node> keys, String key) {
    return Optional.ofNullable(keys.get(key))
        .flatMap(node -> document.positive(node, "'" + key + "'"));
  }
}
