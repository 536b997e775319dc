package io.plumbline.masking;

import io.plumbline.definitions.Expression;
import io.plumbline.masking.PolicyDocument.Word;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code row_filters}: which rows roles see. */
final class RowFilterReader {

  private static final Set<String> KEYS =
      Set.of("table", "entity", "name", "applies_to_roles", "filter");

  private final PolicyDocument document;
  private final DeclaredRoles roles;
  private final Collection<String> entities;

  RowFilterReader(PolicyDocument document, DeclaredRoles roles, Collection<String> entities) {
    this.document = document;
    this.roles = roles;
    this.entities = entities;
  }

  List<RowFilter> read(List<Node> entries) {
    return entries.stream().flatMap(entry -> filter(entry).stream()).toList();
  }

  private Optional<RowFilter> filter(Node entry) {
    Map<String, Node> keys = document.section(entry, "an entry of 'row_filters'", KEYS);
    RoleSet appliesTo = roles.set(keys, "applies_to_roles", entry);
    Optional<Word> name = document.required(keys, "name", entry, "Say what the rows are.");
    Optional<RowFilter.Target> target = target(keys, entry);
    Optional<Expression> filter = condition(keys, entry);
    if (name.isEmpty() || target.isEmpty() || filter.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RowFilter(name.get().text(), target.get(), appliesTo, filter.get(), name.get().at()));
  }

  private Optional<Expression> condition(Map<String, Node> keys, Node entry) {
    if (!keys.containsKey("filter")) {
      document.report(
          document.at(entry), "The key 'filter' is missing.", "Write a condition in SQL.");
      return Optional.empty();
    }
    return document.sql(keys.get("filter"), "'filter'");
  }

  private Optional<RowFilter.Target> target(Map<String, Node> keys, Node entry) {
    if (keys.containsKey("table") == keys.containsKey("entity")) {
      document.report(
          document.at(entry),
          "A row filter is of a table or of an entity.",
          "Name one of the two.");
      return Optional.empty();
    }
    if (keys.containsKey("table")) {
      return document.table(keys.get("table")).map(RowFilter.Target.OfTable::new);
    }
    return document
        .word(keys.get("entity"), "'entity'")
        .filter(this::isKnown)
        .map(entity -> new RowFilter.Target.OfEntity(entity.text()));
  }

  private boolean isKnown(Word entity) {
    if (!entities.contains(entity.text())) {
      document.report(
          entity.at(),
          "Entity '" + entity.text() + "' has no tables.",
          "Say under 'entities' which tables belong to it.");
    }
    return entities.contains(entity.text());
  }
}
