package io.plumbline.engine.warehouse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Named statements, and what is known about each of them: equal to PostgreSQL, accepted with these
 * rows, refused with this error, or dependent on the clock or on chance.
 */
record Corpus(
    Map<String, String> statements,
    List<String> equal,
    Map<String, List<String>> accepted,
    Map<String, List<String>> refused,
    List<String> moving) {

  static Corpus read(String name) {
    String folder = "/corpus/" + name;
    return new Corpus(
        statements(CorpusWarehouse.resource(folder + ".sql")),
        CorpusWarehouse.resource(folder + ".equal.txt").lines().toList(),
        blocks(CorpusWarehouse.resource(folder + ".accepted.txt")),
        blocks(CorpusWarehouse.resource(folder + ".refused.txt")),
        CorpusWarehouse.resource(folder + ".moving.txt").lines().toList());
  }

  /** Each statement follows a comment line with its name. */
  private static Map<String, String> statements(String text) {
    Map<String, String> statements = new LinkedHashMap<>();
    String name = "";
    for (String line : text.lines().toList()) {
      if (line.matches("-- [a-z0-9_]+")) {
        name = line.substring(3);
      } else {
        statements.merge(name, line, (a, b) -> a + "\n" + b);
      }
    }
    statements.replaceAll((key, sql) -> sql.strip());
    statements.remove("");
    return statements;
  }

  /** A name in a line of its own, then indented lines. */
  private static Map<String, List<String>> blocks(String text) {
    Map<String, List<String>> blocks = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("  ")) {
        lines.add(line.strip());
      } else if (!line.isBlank()) {
        lines = new ArrayList<>();
        blocks.put(line.strip(), lines);
      }
    }
    return blocks;
  }

  String statement(String name) {
    String sql = statements.get(name);
    if (sql == null) {
      throw new IllegalArgumentException("no statement is named " + name);
    }
    return sql;
  }

  /** The names of all lists, of which each statement must be in exactly one. */
  List<String> listed() {
    List<String> all = new ArrayList<>(equal);
    all.addAll(accepted.keySet());
    all.addAll(refused.keySet());
    all.addAll(moving);
    return all.stream().sorted().toList();
  }

  List<String> names() {
    return List.copyOf(new TreeSet<>(statements.keySet()));
  }
}
