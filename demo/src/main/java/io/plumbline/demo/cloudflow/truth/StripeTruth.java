package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.billing.Ledger;
import io.plumbline.demo.cloudflow.billing.StripeRevenue;
import io.plumbline.demo.cloudflow.billing.StripeRevenue.Recurring;
import io.plumbline.demo.cloudflow.history.Segment;
import java.util.List;

/** What Stripe shows at the end of every period. */
final class StripeTruth {
  private final StripeRevenue stripe;

  StripeTruth(Ledger ledger) {
    this.stripe = ledger.stripeRevenue();
  }

  void collect(MetricTable table) {
    for (Period period : Period.all()) {
      List<Recurring> recurring = stripe.at(period.to());
      add(table, period, MetricTable.ALL, recurring);
      for (Segment segment : Segment.values()) {
        add(
            table,
            period,
            segment.label(),
            recurring.stream().filter(part -> part.account().segment() == segment).toList());
      }
    }
  }

  private void add(MetricTable table, Period period, String segment, List<Recurring> recurring) {
    MetricValues values =
        new MetricValues().put("stripe_mrr", stripe.dollars(recurring, period.to()));
    table.add(period.grain(), period.start(), segment, values);
  }
}
