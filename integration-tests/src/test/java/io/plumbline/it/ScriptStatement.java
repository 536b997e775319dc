package io.plumbline.it;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One statement of a script, and what must come of it.
 *
 * @param line where it begins in its file
 * @param title the comment above it
 * @param settings connection properties in force
 */
record ScriptStatement(
    int line,
    String title,
    String user,
    Map<String, String> settings,
    String sql,
    Expected expected) {

  private static final Pattern PARENTHESISED = Pattern.compile("\\([^()]*\\)");
  private static final Pattern ORDER_BY = Pattern.compile("(?i)\\border\\s+by\\b");

  /** What must come of a statement. */
  sealed interface Expected {

    /** Exactly this table. */
    record Rows(Grid grid) implements Expected {}

    /** The rows that the warehouse gives for independent SQL over the source tables. */
    record SameAs(String sql) implements Expected {}

    /** A result that holds each of these texts somewhere. */
    record Holds(List<String> texts) implements Expected {}

    /**
     * An error whose SQLSTATE begins with one of these and whose message holds each of these texts.
     */
    record Refusal(List<String> states, List<String> texts) implements Expected {}
  }

  ScriptStatement {
    settings = Map.copyOf(settings);
  }

  /** Whether the order of the rows is part of the answer. */
  boolean isOrdered() {
    String inner = sql;
    String outer = PARENTHESISED.matcher(inner).replaceAll("");
    while (!outer.equals(inner)) {
      inner = outer;
      outer = PARENTHESISED.matcher(inner).replaceAll("");
    }
    return ORDER_BY.matcher(outer).find();
  }
}
