package io.plumbline.it;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What movements and retention are over the rows of {@code pg_temp.movements}, written down once
 * more: by the metric's name, plain SQL.
 */
final class MovementMetrics {

  private static final String APPEARED = "opening = 0 and closing > 0";
  private static final String KEPT = "opening > 0 and closing > 0";
  private static final String LOST = "opening > 0 and closing = 0";

  private static final Map<String, String> SQL = sql();

  private MovementMetrics() {}

  private static Map<String, String> sql() {
    Map<String, String> sql = new LinkedHashMap<>();
    sql.put("opening_mrr", sum("opening", "true"));
    sql.put("mrr", sum("closing", "true"));
    sql.put("new_mrr", sum("closing", APPEARED + " and not paid_before"));
    sql.put("reactivation_mrr", sum("closing", APPEARED + " and paid_before"));
    sql.put("expansion_mrr", sum("kept - opening", KEPT + " and kept > opening"));
    sql.put("contraction_mrr", sum("opening - kept", KEPT + " and kept < opening"));
    sql.put("churned_mrr", sum("opening", LOST));
    sql.put("fx_impact", sum("closing - kept", KEPT));
    sql.put("transfer_mrr", "0");
    sql.put("net_new_mrr", "sum(closing) - sum(opening) - " + sum("closing - kept", KEPT));
    sql.put("net_churn", sum("kept - opening", "opening > 0"));
    sql.put("new_business", sum("closing", APPEARED));
    sql.put("opening_customers", count("opening > 0"));
    sql.put("new_customers", count(APPEARED + " and not paid_before"));
    sql.put("reactivated_customers", count(APPEARED + " and paid_before"));
    sql.put("expanding_customers", count(KEPT + " and kept > opening"));
    sql.put("contracting_customers", count(KEPT + " and kept < opening"));
    sql.put("churned_customers", count(LOST));
    sql.put("paying_customers", count("closing > 0"));
    sql.put("arr", "12 * sum(closing)");
    sql.put("arpa", "sum(closing) / nullif(" + count("closing > 0") + ", 0)");
    ofOpening(sql, "new_mrr_rate", sum("closing", APPEARED + " and not paid_before"));
    ofOpening(sql, "reactivation_mrr_rate", sum("closing", APPEARED + " and paid_before"));
    ofOpening(sql, "expansion_mrr_rate", sum("kept - opening", KEPT + " and kept > opening"));
    ofOpening(sql, "contraction_mrr_rate", sum("opening - kept", KEPT + " and kept < opening"));
    sql.put(
        "quick_ratio",
        "("
            + sum("closing", APPEARED)
            + " + "
            + sum("kept - opening", KEPT + " and kept > opening")
            + ") / nullif("
            + sum("opening - kept", "opening > 0 and kept < opening")
            + ", 0)");
    ofOpening(
        sql,
        "net_mrr_churn_rate",
        sum("opening - kept", "opening > 0")
            + " - "
            + sum("closing", APPEARED + " and paid_before"));
    ofOpening(sql, "net_mrr_churn_rate_cohort", sum("opening - kept", "opening > 0"));
    ofOpening(sql, "gross_mrr_churn_rate", sum("opening - least(opening, kept)", "opening > 0"));
    ofOpening(sql, "revenue_churn_rate", sum("opening", LOST));
    ofOpening(sql, "ndr", sum("kept", "opening > 0"));
    ofOpening(sql, "grr", sum("least(opening, kept)", "opening > 0"));
    ofOpening(sql, "revenue_retention", sum("opening", KEPT));
    sql.put("logo_churn_rate", ratio(count(LOST), count("opening > 0")));
    sql.put("logo_retention", ratio(count(KEPT), count("opening > 0")));
    trailing(sql);
    return sql;
  }

  private static void trailing(Map<String, String> sql) {
    sql.put("cohort_opening_mrr_t12m", sum("opened_12", "true"));
    sql.put("cohort_accounts_t12m", count("opened_12 > 0"));
    sql.put("ndr_t12m", ratio(sum("kept_12", "opened_12 > 0"), "sum(opened_12)"));
    sql.put("grr_t12m", ratio(sum("least(opened_12, kept_12)", "true"), "sum(opened_12)"));
    sql.put(
        "logo_retention_t12m",
        ratio(count("opened_12 > 0 and kept_12 > 0"), count("opened_12 > 0")));
    sql.put("revenue_churn_t12m", ratio(sum("opened_12", "kept_12 = 0"), "sum(opened_12)"));
    sql.put(
        "gross_mrr_churn_t12m",
        ratio(sum("opened_12 - least(opened_12, kept_12)", "true"), "sum(opened_12)"));
    sql.put(
        "logo_churn_t12m", ratio(count("opened_12 > 0 and kept_12 = 0"), count("opened_12 > 0")));
  }

  private static void ofOpening(Map<String, String> sql, String metric, String numerator) {
    sql.put(metric, ratio(numerator, "sum(opening)"));
  }

  private static String ratio(String numerator, String denominator) {
    return "(" + numerator + ")::numeric / nullif(" + denominator + ", 0)";
  }

  private static String sum(String value, String condition) {
    return "coalesce(sum(" + value + ") filter (where " + condition + "), 0)";
  }

  private static String count(String condition) {
    return "count(*) filter (where " + condition + ")";
  }

  static List<String> names() {
    return List.copyOf(SQL.keySet());
  }

  /** The select list of the server: every metric under its name. */
  static String asked() {
    return names().stream()
        .map(name -> "aggregate(" + name + ") as " + name)
        .collect(Collectors.joining(", "));
  }

  /** The select list over the reference, in the same order and under the same names. */
  static String reference() {
    return SQL.entrySet().stream()
        .map(e -> e.getValue() + " as " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  /** One metric over the reference. */
  static String reference(String metric) {
    return Objects.requireNonNull(SQL.get(metric), metric);
  }
}
