package io.plumbline.it.attacks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every position of a query with every way to look at a value in it, for every secret. */
final class AttackGrammar {

  private static final List<Secret> SECRETS =
      List.of(
          new Secret("cs_manager", "admin", "golden.accounts", "name", "Echo", "Xcho"),
          new Secret("cs_manager", "admin", "golden.trials", "account_id", "B01", "B88"),
          new Secret("tenant_admin", "admin", "golden.accounts", "account_id", "A02", "A88"),
          new Secret(
              "analyst",
              "finance_admin",
              "golden.stripe_invoices",
              "customer_id",
              "cus_A01",
              "cus_X01"),
          new Secret("analyst", "admin", "golden.nps_users", "user_id", "N1u0", "N1x0"));

  /** Over the column, so that a value can be recognised in what comes out. */
  private static final List<String> FUNCTIONS =
      List.of(
          "{c}",
          "upper({c})",
          "concat('<', {c}, '>')",
          "substring({c} from 1 for 50)",
          "cast({c} as text)",
          "coalesce({c}, 'none')",
          "concat(to_json({c}), '')",
          "case when {c} like '%' then {c} end",
          "replace({c}, 'zzz', '')");

  /** Show {@code {e}}, an expression over the column {@code {c}} of {@code {t}}. */
  private static final List<String> SHOWING =
      List.of(
          "select {e} as x from {t}",
          "select distinct {e} as x from {t}",
          "select {e} as x from {t} order by {e} desc",
          "select {e} as x, count(*) as n from {t} group by {e}",
          "select {e} as x from {t} group by {e} having count(*) > 0",
          "select {e} as x from {t} union all select 'z'",
          "select {e} as x from {t} except select 'z'",
          "select string_agg({e}, ',') as x from {t}",
          "select min({e}) as low, max({e}) as high from {t} where {c} = '{v}'",
          "select string_agg({e}, ',') filter (where {c} is not null) as x from {t}",
          "select max({e}) over (partition by {c}) as x from {t}",
          "select (select string_agg({e}, ',') from {t}) as x",
          "select {e} as x from {t} where {c} in (select {c} from {t})",
          "select {e} as x from {t} where exists (select 1 from {t} as other)",
          "select l.x from {t} as a cross join lateral (select {e} as x) as l",
          "with k as (select * from {t}) select {e} as x from k",
          "select x from (select {e} as x from {t}) as d where x is not null",
          "select a.x from (select {e} as x, {c} as k from {t}) as a join {t} as b on b.{c} = a.k",
          "select {e} as x, count(*) as n from {t} group by grouping sets (({e}), ())",
          "select {e} as x, count(*) as n from {t} group by grouping sets (({e}), ({e}), ())",
          "select {e} as x, {c} as y from {t} group by grouping sets (({e}, {c}), ({c}, {e}))",
          "select {e} as x, count(*) as n from {t} group by rollup({e})");

  /** Ask about {@code {v}}. */
  private static final List<String> PROBING =
      List.of(
          "select count(*) from {t} where {c} = '{v}'",
          "select count(*) from {t} where {c} in ('{v}', 'other')",
          "select count(*) from {t} where {c} like '{v}%'",
          "select count(*) from {t} where {c} between '{v}' and '{v}'",
          "select count(*) from {t} where {c} >= '{v}' and {c} <= '{v}'",
          "select count(*) from {t} where not ({c} <> '{v}')",
          "select count(*) from {t} where {c} is not distinct from '{v}'",
          "select count(*) from {t} where upper({c}) = upper('{v}')",
          "select count(*) from {t} where position('{v}' in {c}) > 0",
          "select count(*) from {t} where case when {c} = '{v}' then true else false end",
          "select count(*) filter (where {c} = '{v}') from {t}",
          "select sum(case when {c} = '{v}' then 1 else 0 end) from {t}",
          "select max(case when {c} = '{v}' then 1 else 0 end) over () from {t}",
          "select count(nullif({c}, '{v}')) - count({c}) from {t}",
          "select 1 / (case when {c} = '{v}' then 0 else 1 end) from {t}",
          "select cast(case when {c} = '{v}' then 'x' else '1' end as integer) from {t}",
          "select count(*) from {t} where 1 / (case when {c} = '{v}' then 0 else 1 end) = 1",
          "select count(*) from {t} where cast(replace({c}, '{v}', '1x') as text) = '1x'",
          "select count(*) from {t} where {c} = (select '{v}')",
          "select exists (select 1 from {t} where {c} = '{v}')",
          "select '{v}' in (select {c} from {t})",
          "select count(*) from (select '{v}' as k intersect select {c} from {t}) as s",
          "select count(*) from {t} as a join (select '{v}' as k) as p on p.k = a.{c}",
          "select count(*) from (select {c} as k from {t} group by {c} having {c} = '{v}') as g",
          "with k as (select {c} as k from {t}) select count(*) from k where k = '{v}'",
          "select count(*) from (values ('{v}')) as p (k) where exists"
              + " (select 1 from {t} as a where a.{c} = p.k)",
          "select l.n from (values ('{v}')) as p (k) cross join lateral"
              + " (select count(*) as n from {t} as a where a.{c} = p.k) as l",
          "select count(*) from {t} where ({c}, 1) = ('{v}', 1)",
          "select bool_or({c} = '{v}') is true from {t}");

  private static final List<Secret> METRIC_SECRETS =
      List.of(
          new Secret("cs_manager", "admin", "metrics.revenue", "account_id", "A10", "A77"),
          new Secret("tenant_admin", "admin", "metrics.revenue", "account_id", "A02", "A77"),
          new Secret("pm", "admin", "metrics.revenue", "ae", "ruiz", "xuiz"));

  /** Over a semantic table, in the one month {@code {m}}. */
  private static final List<String> SHOWING_METRICS =
      List.of(
          "select {c}, aggregate(mrr) as x from {t} where {m} group by {c}",
          "select {c}, month, aggregate(mrr) as x from {t} where {m} group by {c}, month",
          "select {c} from {t} where {m} group by {c}",
          "select distinct {c} from {t} where {m}",
          "select upper({c}) as k, aggregate(mrr) as x from {t} where {m} group by upper({c})",
          "select {c}, aggregate(mrr) as x from {t} where {m} group by {c} order by {c} desc",
          "select {c}, aggregate(mrr) as x from {t} where {m} group by rollup({c})",
          "select {c}, aggregate(mrr) as x from {t} where {m} group by grouping sets (({c}), ())",
          "select {c}, aggregate(mrr) as x from {t} where {m} group by {c}"
              + " having aggregate(mrr) > 0",
          "with k as (select {c}, aggregate(mrr) as x from {t} where {m} group by {c})"
              + " select {c} from k",
          "select string_agg(k, ',') as x from"
              + " (select {c} as k, aggregate(mrr) as x from {t} where {m} group by {c}) as d",
          "select {c} from {t} where {m} group by {c} union select 'z'",
          "select max(k) over (partition by k) as x from"
              + " (select {c} as k, aggregate(mrr) as x from {t} where {m} group by {c}) as d");

  private static final List<String> PROBING_METRICS =
      List.of(
          "select aggregate(mrr) from {t} where {m} and {c} = '{v}'",
          "select aggregate(paying_customers) from {t} where {m} and {c} in ('{v}')",
          "select aggregate(mrr) from {t} where {m} and {c} like '{v}%'",
          "select aggregate(mrr) from {t} where {m} and upper({c}) = upper('{v}')",
          "select aggregate(mrr) filter (where {c} = '{v}') from {t} where {m}",
          "select aggregate(mrr) from {t} where {m} and {c} in (select '{v}')",
          "select max(x) from (select {c} as k, aggregate(mrr) as x from {t} where {m} group by {c})"
              + " as d where k = '{v}'",
          "select (select aggregate(mrr) from {t} where {m} and {c} = '{v}') as x");

  private static final String PREPARED = "select count(*) from {t} where {c} = ?";

  private AttackGrammar() {}

  static Stream<Attack> attacks() {
    return SECRETS.stream()
        .flatMap(
            secret ->
                Stream.of(showing(secret, shown()), probing(secret, PROBING), prepared(secret))
                    .flatMap(s -> s));
  }

  static Stream<Attack> attacksOnMetrics() {
    return METRIC_SECRETS.stream()
        .flatMap(
            secret ->
                Stream.concat(
                    showing(secret, SHOWING_METRICS.stream()), probing(secret, PROBING_METRICS)));
  }

  /** Every position with every function. */
  private static Stream<String> shown() {
    return SHOWING.stream()
        .flatMap(position -> FUNCTIONS.stream().map(f -> position.replace("{e}", f)));
  }

  private static Stream<Attack> showing(Secret secret, Stream<String> positions) {
    return positions
        .map(position -> filled(position, secret))
        .map(sql -> new Attack(secret, with(sql, secret.value()), Optional.empty(), false));
  }

  private static Stream<Attack> probing(Secret secret, List<String> positions) {
    return positions.stream()
        .map(position -> filled(position, secret))
        .map(
            sql ->
                new Attack(
                    secret,
                    with(sql, secret.value()),
                    Optional.of(with(sql, secret.absent())),
                    false));
  }

  private static Stream<Attack> prepared(Secret secret) {
    String sql = filled(PREPARED, secret);
    return Stream.of(new Attack(secret, sql, Optional.of(sql), true));
  }

  private static String filled(String position, Secret secret) {
    return position
        .replace("{t}", secret.table())
        .replace("{c}", secret.column())
        .replace("{m}", "month = date '2025-12-01'");
  }

  private static String with(String sql, String value) {
    return sql.replace("{v}", value);
  }
}
