package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.truth.Movements.Count;
import io.plumbline.demo.cloudflow.truth.Movements.Sum;
import java.math.BigDecimal;

/** The revenue metrics of one period, from its movements. */
final class RevenueMetrics {
  private static final BigDecimal TWELVE = BigDecimal.valueOf(12);

  private RevenueMetrics() {}

  static void put(MetricValues values, Movements movements) {
    putMoney(values, movements);
    putCounts(values, movements);
    putRates(values, movements);
    putRetention(values, movements);
  }

  private static void putMoney(MetricValues values, Movements m) {
    BigDecimal closing = m.atClosingRate(Sum.CLOSING);
    BigDecimal opening = m.atOpeningRate(Sum.OPENING);
    values
        .put("mrr", closing)
        .put("arr", closing.multiply(TWELVE))
        .put("opening_mrr", opening)
        .put("opening_arr", opening.multiply(TWELVE))
        .put("new_mrr", m.atClosingRate(Sum.NEW))
        .put("reactivation_mrr", m.atClosingRate(Sum.REACTIVATION))
        .put("expansion_mrr", m.atOpeningRate(Sum.EXPANSION))
        .put("contraction_mrr", m.atOpeningRate(Sum.CONTRACTION))
        .put("churned_mrr", m.atOpeningRate(Sum.CHURNED))
        .put("fx_impact", m.fxImpact())
        .put("net_new_mrr", gained(m).subtract(lost(m)))
        .put("net_churn", m.atOpeningRate(Sum.EXPANSION).subtract(lost(m)))
        .put("new_business", m.atClosingRate(Sum.NEW).add(m.atClosingRate(Sum.REACTIVATION)))
        .ratio("arpa", closing, BigDecimal.valueOf(m.count(Count.CLOSING)));
  }

  private static void putCounts(MetricValues values, Movements m) {
    values
        .put("paying_customers", m.count(Count.CLOSING))
        .put("opening_customers", m.count(Count.OPENING))
        .put("new_customers", m.count(Count.NEW))
        .put("reactivated_customers", m.count(Count.REACTIVATION))
        .put("expanding_customers", m.count(Count.EXPANSION))
        .put("contracting_customers", m.count(Count.CONTRACTION))
        .put("churned_customers", m.count(Count.CHURNED))
        .ratio("logo_churn_rate", m.count(Count.CHURNED), m.count(Count.OPENING))
        .ratio(
            "logo_retention",
            m.count(Count.OPENING) - (long) m.count(Count.CHURNED),
            m.count(Count.OPENING));
  }

  private static void putRates(MetricValues values, Movements m) {
    BigDecimal opening = m.atOpeningRate(Sum.OPENING);
    BigDecimal expansion = m.atOpeningRate(Sum.EXPANSION);
    BigDecimal churned = m.atOpeningRate(Sum.CHURNED);
    BigDecimal reactivation = m.atClosingRate(Sum.REACTIVATION);
    values
        .ratio("new_mrr_rate", m.atClosingRate(Sum.NEW), opening)
        .ratio("reactivation_mrr_rate", reactivation, opening)
        .ratio("expansion_mrr_rate", expansion, opening)
        .ratio("contraction_mrr_rate", m.atOpeningRate(Sum.CONTRACTION), opening)
        .ratio("quick_ratio", gained(m), lost(m))
        .ratio("net_mrr_churn_rate", lost(m).subtract(expansion).subtract(reactivation), opening)
        .ratio("net_mrr_churn_rate_cohort", lost(m).subtract(expansion), opening)
        .ratio("gross_mrr_churn_rate", lost(m), opening)
        .ratio("revenue_churn_rate", churned, opening)
        .ratio("revenue_retention", opening.subtract(churned), opening);
  }

  private static void putRetention(MetricValues values, Movements m) {
    BigDecimal opening = m.atOpeningRate(Sum.OPENING);
    values
        .ratio("ndr", m.atOpeningRate(Sum.RETAINED), opening)
        .ratio("grr", m.atOpeningRate(Sum.KEPT), opening);
  }

  /** The same between the period's end and twelve months before. */
  static void putTrailing(MetricValues values, Movements m) {
    BigDecimal opening = m.atOpeningRate(Sum.OPENING);
    values
        .put("cohort_opening_mrr_t12m", opening)
        .put("cohort_accounts_t12m", m.count(Count.OPENING))
        .ratio("ndr_t12m", m.atOpeningRate(Sum.RETAINED), opening)
        .ratio("grr_t12m", m.atOpeningRate(Sum.KEPT), opening)
        .ratio("revenue_churn_t12m", m.atOpeningRate(Sum.CHURNED), opening)
        .ratio("gross_mrr_churn_t12m", lost(m), opening)
        .ratio("logo_churn_t12m", m.count(Count.CHURNED), m.count(Count.OPENING))
        .ratio(
            "logo_retention_t12m",
            m.count(Count.OPENING) - (long) m.count(Count.CHURNED),
            m.count(Count.OPENING));
  }

  private static BigDecimal gained(Movements m) {
    return m.atClosingRate(Sum.NEW)
        .add(m.atClosingRate(Sum.REACTIVATION))
        .add(m.atOpeningRate(Sum.EXPANSION));
  }

  private static BigDecimal lost(Movements m) {
    return m.atOpeningRate(Sum.CONTRACTION).add(m.atOpeningRate(Sum.CHURNED));
  }
}
