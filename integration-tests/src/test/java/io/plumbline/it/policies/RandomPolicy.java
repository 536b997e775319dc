package io.plumbline.it.policies;

import io.plumbline.it.policies.People.Column;
import io.plumbline.it.policies.People.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A policy by chance, as a policy file and as what PostgreSQL has to do for the reader to see the
 * same without one. The second is written by hand here, apart from the product.
 */
final class RandomPolicy {

  /** The address that the reader has as attribute. */
  static final String EMAIL = "bo@red.example";

  private static final List<String> ROLES = List.of("first", "second");
  private static final int MASKED_PERCENT = 40;
  private static final int FILTERED_PERCENT = 60;

  private static final Map<String, List<String>> FILTERS =
      Map.of(
          "people",
          List.of(
              "level >= 2",
              "team = 'red' or team is null",
              "salary > 100 and name is not null",
              "email = user_attribute('email')",
              "person_id in (select d.person_id from src.deeds as d where d.kind = 'a')",
              "level in (select t.budget from src.teams as t)"),
          "deeds",
          List.of(
              "amount < 50",
              "kind <> 'a'",
              "note like '%1%'",
              "person_id in (select p.person_id from src.people as p where p.team = 'blue')"),
          "teams",
          List.of("city = 'Oslo'", "budget between 1 and 3", "team in ('red', 'blue')"));

  /** On the entity, whose key people and deeds have. */
  private static final List<String> OF_PERSON =
      List.of(
          "person_id <= 5",
          "person_id in (2, 3, 7)",
          "person_id > 4 and person_id <> 6",
          "person_id in (select p.person_id from src.people as p where p.team = 'red')",
          "person_id in (select p.person_id from src.people as p where p.level >= 2 or p.team = 'blue')");

  private record Tag(Column column, String mask, List<String> appliesTo, List<String> exempt) {}

  private record Filter(String name, String target, String sql, List<String> roles) {}

  private final Random random;
  private final Set<String> roles;
  private final List<Tag> tags = new ArrayList<>();
  private final List<Filter> filters = new ArrayList<>();

  RandomPolicy(long seed) {
    random = new Random(seed);
    roles = random.nextInt(3) == 0 ? Set.copyOf(ROLES) : Set.of("first");
    People.COLUMNS.stream().filter(c -> chance(MASKED_PERCENT)).forEach(c -> tags.add(tag(c)));
    FILTERS.keySet().stream().sorted().filter(t -> chance(FILTERED_PERCENT)).forEach(this::filter);
    if (chance(FILTERED_PERCENT / 2)) {
      filters.add(new Filter("of persons", "person", oneOf(OF_PERSON), someRoles()));
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private List<String> someRoles() {
    return chance(70) ? List.of("first") : ROLES;
  }

  private Tag tag(Column column) {
    return new Tag(
        column,
        oneOf(Masks.of(column.kind())),
        someRoles(),
        chance(15) ? List.of("second") : List.of());
  }

  private void filter(String table) {
    filters.add(
        new Filter(
            "some " + table, table, oneOf(FILTERS.getOrDefault(table, List.of())), someRoles()));
  }

  /** The roles of the reader. */
  Set<String> roles() {
    return roles;
  }

  // ---- as a policy file ----

  String yaml() {
    StringBuilder yaml = new StringBuilder("version: 1\nroles: [first, second, open]\n");
    yaml.append("self_service:\n");
    yaml.append("  - {role: first, allowed_schemas: [src]}\n");
    yaml.append("  - {role: second, allowed_schemas: [src]}\n");
    yaml.append("  - {role: open, allowed_schemas: [ALL]}\n");
    yaml.append("entities:\n  - entity: person\n    key: person_id\n");
    yaml.append("    tables: {src.people: person_id, src.deeds: person_id}\n");
    yaml.append("    shared: [src.teams, copy.*]\n");
    if (!tags.isEmpty()) {
      yaml.append("tags:\n");
      tags.forEach(tag -> yaml.append(yaml(tag)));
    }
    if (!filters.isEmpty()) {
      yaml.append("row_filters:\n");
      filters.forEach(filter -> yaml.append(yaml(filter)));
    }
    return yaml.toString();
  }

  private static String yaml(Tag tag) {
    boolean custom = tag.mask().startsWith("=");
    return "  - {table: src.%s, column: %s, masking_policy: %s, %sapplies_to_roles: [%s], exempt_roles: [%s]}\n"
        .formatted(
            tag.column().table(),
            tag.column().name(),
            custom ? "expression" : tag.mask(),
            custom ? "expression: \"" + filled(tag) + "\", " : "",
            String.join(", ", tag.appliesTo()),
            String.join(", ", tag.exempt()));
  }

  private static String filled(Tag tag) {
    return tag.mask().substring(1).replace("{c}", tag.column().name());
  }

  private static String yaml(Filter filter) {
    String target =
        filter.target().equals("person") ? "entity: person" : "table: src." + filter.target();
    return "  - {%s, name: %s, applies_to_roles: [%s], filter: \"%s\"}\n"
        .formatted(target, filter.name(), String.join(", ", filter.roles()), filter.sql());
  }

  // ---- as what PostgreSQL does ----

  /** Fills the copies of all tables with what the reader may see. */
  List<String> copies(String secret) {
    Map<String, List<Column>> tables =
        People.COLUMNS.stream()
            .collect(Collectors.groupingBy(Column::table, LinkedHashMap::new, Collectors.toList()));
    List<String> statements = new ArrayList<>();
    tables.forEach(
        (table, columns) -> {
          statements.add("truncate copy." + table);
          statements.add(
              "insert into copy."
                  + table
                  + " select "
                  + columns.stream().map(c -> shown(c, secret)).collect(Collectors.joining(", "))
                  + " from src."
                  + table
                  + " where "
                  + visible(table));
        });
    return statements;
  }

  private String shown(Column column, String secret) {
    return tags.stream()
        .filter(tag -> tag.column().equals(column))
        .filter(tag -> tag.appliesTo().stream().anyMatch(roles::contains))
        .filter(tag -> tag.exempt().stream().noneMatch(roles::contains))
        .findFirst()
        .map(
            tag ->
                tag.mask().startsWith("=")
                    ? filled(tag)
                    : Masks.sql(tag.mask(), column.name(), column.kind(), secret))
        .orElse(column.name());
  }

  /** A row is visible if one role sees it; a role sees what all of its filters leave. */
  private String visible(String table) {
    return roles.stream()
        .sorted()
        .map(role -> "(" + visible(table, role) + ")")
        .collect(Collectors.joining(" or "));
  }

  private String visible(String table, String role) {
    String all =
        filters.stream()
            .filter(filter -> filter.roles().contains(role))
            .filter(
                filter ->
                    filter.target().equals(table)
                        || filter.target().equals("person") && !table.equals("teams"))
            .map(filter -> "(" + filter.sql() + ")")
            .collect(Collectors.joining(" and "));
    return all.isEmpty() ? "true" : all.replace("user_attribute('email')", "'" + EMAIL + "'");
  }

  /** Whether the reader sees something else than there is. */
  boolean changesSomething() {
    return copies("").stream()
        .anyMatch(sql -> sql.contains(" case ") || !sql.endsWith("where (true)"));
  }

  /** What masks are for columns, and how PostgreSQL makes them. */
  private static final class Masks {

    private static final List<String> OF_TEXT =
        List.of(
            "redact",
            "nullify",
            "hash_sha256",
            "show_last_4",
            "show_first_4",
            "email_domain",
            "=upper({c})",
            "=coalesce({c}, 'none')");

    static List<String> of(Kind kind) {
      return switch (kind) {
        case TEXT -> OF_TEXT;
        case BIGINT, NUMERIC -> List.of("redact", "nullify", "bucket(3)", "bucket(10)", "=-{c}");
        case DATE, TIMESTAMPTZ -> List.of("redact", "nullify", "date_year");
      };
    }

    static String sql(String mask, String column, Kind kind, String secret) {
      String type = kind.name();
      return switch (mask) {
        case "redact" -> kind == Kind.TEXT ? "'REDACTED'" : "cast(null as " + type + ")";
        case "nullify" -> "cast(null as " + type + ")";
        case "hash_sha256" ->
            "encode(sha256(convert_to('" + secret + "' || " + column + ", 'UTF8')), 'hex')";
        case "show_last_4" -> part(column, "'****' || right(" + column + ", 4)");
        case "show_first_4" -> part(column, "left(" + column + ", 4) || '****'");
        case "email_domain" -> "'****@' || split_part(" + column + ", '@', 2)";
        case "date_year" -> "cast(date_trunc('year', " + column + ") as " + type + ")";
        case "bucket(3)" -> bucket(column, 3, type);
        default -> bucket(column, 10, type);
      };
    }

    private static String part(String column, String shown) {
      return " case when length("
          + column
          + ") > 4 then "
          + shown
          + " when "
          + column
          + " is not null then '****' end";
    }

    private static String bucket(String column, int size, String type) {
      return "cast(floor(" + column + " / " + size + ".0) * " + size + " as " + type + ")";
    }
  }
}
