package io.plumbline.it.policies;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Three small tables with gaps and repetitions, and empty copies of them. */
final class People {

  /** The types that there are. */
  enum Kind {
    TEXT,
    BIGINT,
    NUMERIC,
    DATE,
    TIMESTAMPTZ
  }

  record Column(String table, String name, Kind kind) {}

  static final List<Column> COLUMNS =
      List.of(
          new Column("people", "person_id", Kind.BIGINT),
          new Column("people", "team", Kind.TEXT),
          new Column("people", "email", Kind.TEXT),
          new Column("people", "name", Kind.TEXT),
          new Column("people", "born", Kind.DATE),
          new Column("people", "salary", Kind.NUMERIC),
          new Column("people", "level", Kind.BIGINT),
          new Column("deeds", "deed_id", Kind.BIGINT),
          new Column("deeds", "person_id", Kind.BIGINT),
          new Column("deeds", "kind", Kind.TEXT),
          new Column("deeds", "amount", Kind.NUMERIC),
          new Column("deeds", "done_at", Kind.TIMESTAMPTZ),
          new Column("deeds", "note", Kind.TEXT),
          new Column("teams", "team", Kind.TEXT),
          new Column("teams", "city", Kind.TEXT),
          new Column("teams", "budget", Kind.BIGINT));

  private static final List<String> TABLES = List.of("people", "deeds", "teams");
  private static final List<String> TEAMS = List.of("red", "blue", "green");
  private static final List<String> NAMES = List.of("Bo", "Annika", "Ida", "Christofer", "Ole");
  private static final int PEOPLE = 14;
  private static final int DEEDS = 40;

  private People() {}

  /** What makes the schemas {@code src} and {@code copy}. */
  static List<String> statements() {
    Random random = new Random(7);
    List<String> statements = new ArrayList<>();
    for (String schema : List.of("src", "copy")) {
      statements.add("create schema " + schema);
      TABLES.forEach(table -> statements.add(create(schema, table)));
    }
    statements.add("alter table src.people add primary key (person_id)");
    for (int id = 1; id <= PEOPLE; id++) {
      statements.add("insert into src.people values (" + person(id, random) + ")");
    }
    for (int id = 1; id <= DEEDS; id++) {
      statements.add("insert into src.deeds values (" + deed(id, random) + ")");
    }
    statements.add(
        "insert into src.teams values ('red', 'Oslo', 1), ('blue', 'Bergen', 3), ('green', null, 12)");
    return statements;
  }

  private static String create(String schema, String table) {
    return COLUMNS.stream()
        .filter(column -> column.table().equals(table))
        .map(column -> column.name() + " " + column.kind())
        .collect(Collectors.joining(", ", "create table " + schema + "." + table + "(", ")"));
  }

  private static String person(int id, Random random) {
    String team = oneOf(TEAMS, random);
    String name = oneOf(NAMES, random);
    return id
        + ", "
        + text(team, random)
        + ", "
        + text(name.toLowerCase(java.util.Locale.ROOT) + "@" + team + ".example", random)
        + ", "
        + text(name, random)
        + ", date '19"
        + (70 + random.nextInt(25))
        + "-0"
        + (1 + random.nextInt(9))
        + "-15', "
        + (random.nextInt(3) == 0 ? "null" : random.nextInt(300) + ".5")
        + ", "
        + (1 + random.nextInt(4));
  }

  private static String deed(int id, Random random) {
    return id
        + ", "
        + (1 + random.nextInt(PEOPLE + 1))
        + ", "
        + text(oneOf(List.of("a", "b", "c"), random), random)
        + ", "
        + random.nextInt(100)
        + ", timestamptz '202"
        + random.nextInt(6)
        + "-06-01 12:00:00+00', "
        + text("note " + random.nextInt(20), random);
  }

  private static String oneOf(List<String> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static String text(String value, Random random) {
    return random.nextInt(8) == 0 ? "null" : "'" + value + "'";
  }
}
