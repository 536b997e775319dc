package io.plumbline.it.policies;

import io.plumbline.it.policies.People.Column;
import io.plumbline.it.policies.People.Kind;
import java.util.List;
import java.util.Random;

/** Queries by chance over the tables of a schema {@code {s}}; their rows have no order. */
final class RandomQuery {

  private static final List<String> FORMS =
      List.of(
          "select {a}, {b} from {t} where {p}",
          "select distinct {a} from {t}",
          "select {a}, count(*) as n, min({b}) as low, max({b}) as high from {t} group by {a}",
          "select {a}, count(*) as n from {t} where {p} group by {a} having count(*) > 1",
          "select count(*) as n, count({a}) as a, count(distinct {b}) as b from {t} where {p}",
          "select count(*) filter (where {p}) as n, max({a}) filter (where {q}) as a from {t}",
          "select {a}, case when {p} then 1 when {q} then 2 end as c from {t}",
          "select {a} from {t} where {p} and ({q} or {b} is null)",
          "select {a}, count(*) over (partition by {b}) as n, max({a}) over () as m from {t}",
          "select {a} from {t} order by {a} limit 3",
          "select {a}, {b}, count(*) as n from {t} group by grouping sets (({a}), ({b}), ())",
          "select {a} from {t} where {b} in (select {b} from {t} where {p})",
          "select {a}, (select count(*) from {t} where {p}) as n from {t} where {q}",
          "select {a} from {t} where {a} = (select max({a}) from {t} where {p})",
          "with k as (select {a} as x, {b} as y from {t} where {p}) select x, count(y) from k group by x",
          "select {a} from {t} where {p} union select {a} from {t} where {q}",
          "select {a} from {t} where {p} except select {a} from {t} where {q}",
          "select {a} from {t} intersect select {a} from {t} where {q}",
          "select p.name, d.kind, d.amount from {s}.people as p join {s}.deeds as d on d.person_id = p.person_id",
          "select d.kind, d.amount, p.name from {s}.deeds as d join {s}.people as p on p.person_id = d.person_id",
          "select d.kind, p.name, p.team from {s}.deeds as d"
              + " left join {s}.people as p on d.person_id = p.person_id where d.amount > 20 and p.level < 4",
          "select d.deed_id, r.n from {s}.deeds as d join (select person_id, count(*) over () as n from {s}.people)"
              + " as r on r.person_id = d.person_id",
          "select p.email, count(d.deed_id) as n from {s}.people as p"
              + " left join {s}.deeds as d on d.person_id = p.person_id and d.amount > 20 group by p.email",
          "select t.city, sum(p.salary) as s, count(*) as n from {s}.teams as t"
              + " join {s}.people as p on p.team = t.team group by t.city",
          "select t.team, t.budget from {s}.teams as t full join {s}.people as p on p.team = t.team",
          "select p.name from {s}.people as p where exists"
              + " (select 1 from {s}.deeds as d where d.person_id = p.person_id and d.kind = 'b')",
          "select p.name from {s}.people as p where not exists"
              + " (select 1 from {s}.deeds as d where d.person_id = p.person_id)",
          "select p.name, l.n from {s}.people as p cross join lateral"
              + " (select count(*) as n from {s}.deeds as d where d.person_id = p.person_id) as l",
          "select p.team, (select max(d.amount) from {s}.deeds as d where d.person_id = p.person_id) as m"
              + " from {s}.people as p",
          // An error comes of a row that is seen, or of none; that of one row of one key.
          "select 10 / (level - 2) as x from {s}.people",
          "select 10 / (case when {p} then 0 else 1 end) as x from {t}",
          "select cast({a} as text) as x, 1 / (case when {b} is null then 0 else 1 end) as y from {t}",
          "select 100 / (amount - 55) as x from {s}.deeds",
          "select person_id as x from {s}.people where 10 / (person_id - {n}) <> 3",
          "select count(*) as n from {s}.deeds where 100 / (deed_id - {n}) <> 7",
          "select count(*) as n from {t} where 1 / (case when {p} then 0 else 1 end) = 1");

  private static final List<String> TEXTS =
      List.of(
          "red", "a", "Bo", "BO", "bo@red.example", "REDACTED", "****", "none", "Oslo", "note 11");

  private final Random random;

  RandomQuery(Random random) {
    this.random = random;
  }

  /** A query with {@code {s}} for the schema. */
  String next() {
    String form = oneOf(FORMS);
    String table = oneOf(List.of("people", "deeds", "teams"));
    String query = form.replace("{t}", "{s}." + table);
    query = query.replace("{a}", column(table).name()).replace("{b}", column(table).name());
    query = query.replace("{p}", predicate(column(table)));
    query = query.replace("{n}", String.valueOf(1 + random.nextInt(14)));
    return query.replace("{q}", predicate(column(table)));
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Column column(String table) {
    return oneOf(People.COLUMNS.stream().filter(c -> c.table().equals(table)).toList());
  }

  private String predicate(Column column) {
    String name = column.name();
    String value = value(column.kind());
    return switch (random.nextInt(8)) {
      case 0 -> name + " is null";
      case 1 -> name + " is not null";
      case 2 -> name + " <> " + value;
      case 3 -> name + " < " + value;
      case 4 -> name + " >= " + value;
      case 5 -> name + " in (" + value + ", " + value(column.kind()) + ")";
      case 6 -> column.kind() == Kind.TEXT ? name + " like '%o%'" : name + " = " + value;
      default -> name + " = " + value;
    };
  }

  private String value(Kind kind) {
    return switch (kind) {
      case TEXT -> "'" + oneOf(TEXTS) + "'";
      case BIGINT -> String.valueOf(random.nextInt(12));
      case NUMERIC -> String.valueOf(random.nextInt(120));
      case DATE -> "date '19" + (70 + random.nextInt(25)) + "-01-01'";
      case TIMESTAMPTZ -> "timestamp '202" + random.nextInt(6) + "-01-01 00:00:00'";
    };
  }
}
