package io.plumbline.masking;

import io.plumbline.masking.EntityTables.Link;
import io.plumbline.masking.EntityTables.Path;
import io.plumbline.masking.EntityTables.TableSet;
import io.plumbline.masking.PolicyDocument.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Reads {@code entities}: which table's rows belong to which entity, by a column that holds its key
 * or by one that leads to another table:
 *
 * <pre>{@code
 * - entity: account
 *   key: account_id
 *   tables: {app.workspaces: account_id, app.events: workspace_id -> app.workspaces.workspace_id}
 *   shared: [app.plans, ops.*]
 * }</pre>
 */
final class EntityTablesReader {

  private static final Set<String> KEYS = Set.of("entity", "key", "tables", "shared", "withheld");
  private static final Pattern PATH =
      Pattern.compile("(\\S+?)(?:\\s*->\\s*([^.\\s]+)\\.([^.\\s]+)\\.([^.\\s]+))?");

  private final PolicyDocument document;

  EntityTablesReader(PolicyDocument document) {
    this.document = document;
  }

  /** By entity. */
  Map<String, EntityTables> read(List<Node> entries) {
    Map<String, EntityTables> entities = new LinkedHashMap<>();
    for (Node entry : entries) {
      entity(entry)
          .ifPresent(
              entity -> {
                if (entities.put(entity.entity(), entity) != null) {
                  document.report(
                      entity.at(),
                      "Entity '" + entity.entity() + "' stands twice.",
                      "Keep one of them.");
                }
              });
    }
    return entities;
  }

  private Optional<EntityTables> entity(Node entry) {
    Map<String, Node> keys = document.section(entry, "an entry of 'entities'", KEYS);
    Map<TableName, Path> owned = new LinkedHashMap<>();
    Optional.ofNullable(keys.get("tables")).ifPresent(node -> readTables(node, owned));
    List<TableSet> shared = sets(keys, "shared");
    List<TableSet> withheld = sets(keys, "withheld");
    Optional<Word> key = document.required(keys, "key", entry, "Name the key of the entity.");
    return document
        .required(keys, "entity", entry, "Name the entity.")
        .flatMap(
            name ->
                key.map(
                    k ->
                        new EntityTables(
                            name.text(), k.text(), owned, shared, withheld, name.at())));
  }

  private List<TableSet> sets(Map<String, Node> keys, String key) {
    return document.optionalWords(keys, key).stream()
        .map(word -> new TableSet(word.text(), word.at()))
        .toList();
  }

  private void readTables(Node node, Map<TableName, Path> owned) {
    if (!(node instanceof MappingNode mapping)) {
      document.report(document.at(node), "'tables' must be a mapping.", "Write table: column.");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      document
          .table(tuple.getKeyNode())
          .ifPresent(table -> path(tuple.getValueNode()).ifPresent(path -> owned.put(table, path)));
    }
  }

  private Optional<Path> path(Node node) {
    return document
        .word(node, "The path to an entity")
        .flatMap(
            word -> {
              Matcher matcher = PATH.matcher(word.text());
              if (!matcher.matches()) {
                document.report(
                    word.at(),
                    "'" + word.text() + "' leads nowhere.",
                    "Write a column, or: column -> schema.table.column.");
                return Optional.empty();
              }
              Optional<Link> through =
                  Optional.ofNullable(matcher.group(2))
                      .map(s -> new Link(new TableName(s, matcher.group(3)), matcher.group(4)));
              return Optional.of(new Path(matcher.group(1), through, word.at()));
            });
  }
}
