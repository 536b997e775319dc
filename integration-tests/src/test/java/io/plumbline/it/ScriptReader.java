package io.plumbline.it;

import io.plumbline.it.ScriptStatement.Expected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads a script: SQL that ends in a semicolon at the end of a line, below it what is expected,
 * below that how to compare.
 *
 * <pre>{@code
 * !use analyst
 * !set time_zone=America/Los_Angeles
 * -- the title of a test
 * select sum(mrr) as mrr from metrics.revenue;
 * | mrr   |
 * | 12403 |
 * !ok                   or: texts of the message, !error 42803
 *                       or: SQL over the source tables, !same
 *                       or: texts that the result holds, !holds
 * }</pre>
 */
final class ScriptReader {

  private final String name;
  private final List<String> lines;
  private final List<ScriptStatement> statements = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private String user = "analyst";
  private int next;

  ScriptReader(String name, String text) {
    this.name = name;
    this.lines = text.lines().toList();
  }

  List<ScriptStatement> read() {
    StringBuilder title = new StringBuilder();
    while (next < lines.size()) {
      String line = lines.get(next).strip();
      if (line.startsWith("--")) {
        title.append(title.isEmpty() ? "" : " ").append(line.substring(2).strip());
        next++;
      } else if (line.isEmpty()) {
        title.setLength(0);
        next++;
      } else if (line.startsWith("!")) {
        direct(line.substring(1).split("\\s+", 2));
        next++;
      } else {
        statements.add(statement(title.toString()));
        title.setLength(0);
      }
    }
    return List.copyOf(statements);
  }

  private void direct(String[] words) {
    switch (words[0]) {
      case "use" -> user = words[1];
      case "set" -> {
        String[] setting = words[1].split("=", 2);
        settings.put(setting[0], setting[1]);
      }
      case "unset" -> settings.remove(words[1]);
      default -> throw broken("unknown directive " + words[0]);
    }
  }

  private ScriptStatement statement(String title) {
    int begin = next;
    List<String> sql = new ArrayList<>();
    do {
      if (next == lines.size()) {
        throw broken("a statement without its ';'");
      }
      sql.add(lines.get(next));
    } while (!lines.get(next++).stripTrailing().endsWith(";"));
    String text = String.join("\n", sql).stripTrailing();
    return new ScriptStatement(
        begin + 1, title, user, settings, text.substring(0, text.length() - 1), expected());
  }

  private Expected expected() {
    List<String> body = new ArrayList<>();
    while (next < lines.size() && !lines.get(next).startsWith("!")) {
      body.add(lines.get(next++));
    }
    if (next == lines.size()) {
      throw broken("a statement without an expectation");
    }
    String[] verdict = lines.get(next++).strip().substring(1).split("\\s+", 2);
    List<String> texts = body.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return switch (verdict[0]) {
      case "ok" -> new Expected.Rows(Grid.parse(texts));
      case "same" ->
          new Expected.SameAs(
              body.stream().collect(Collectors.joining("\n")).replaceAll(";\\s*$", ""));
      case "holds" -> new Expected.Holds(texts);
      case "error" -> new Expected.Refusal(List.of(verdict[1].split("\\|")), texts);
      default -> throw broken("unknown expectation " + verdict[0]);
    };
  }

  private IllegalArgumentException broken(String what) {
    return new IllegalArgumentException(name + ":" + (next + 1) + ": " + what);
  }
}
