package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Ids;
import io.plumbline.demo.cloudflow.history.Plan;
import io.plumbline.demo.cloudflow.history.PlanCatalog;
import io.plumbline.demo.cloudflow.history.Status;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Terms;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Stripe knows apart from money: products, prices, coupons, subscriptions and their items. */
final class StripeCatalogTables {
  private static final long CATALOG_CREATED = Timeline.monthStart(0);
  private static final double ORPHANS = 0.005;

  private final History history;
  private final DirtLog dirt;

  /** The first subscription of each that Stripe has, and the one that goes on under its number. */
  private final Map<String, Subscription> latest = new LinkedHashMap<>();

  StripeCatalogTables(History history, DirtLog dirt) {
    this.history = history;
    this.dirt = dirt;
    for (Subscription subscription : history.subscriptions()) {
      if (!subscription.account().isOrphan()) {
        latest.put(subscription.stripeId(), subscription);
      }
    }
  }

  List<SourceTable> tables() {
    return List.of(
        SourceTable.of("stripe.products", 5, this::writeProducts),
        SourceTable.of("stripe.prices", history.plans().all().size(), this::writePrices),
        SourceTable.of("stripe.coupons", 9, this::writeCoupons),
        SourceTable.of("stripe.subscriptions", latest.size(), this::writeSubscriptions),
        SourceTable.of("stripe.subscription_items", latest.size(), this::writeItems));
  }

  private void writeProducts(RowWriter rows) {
    writeProduct("free", rows);
    PlanCatalog.TIERS.forEach(tier -> writeProduct(tier, rows));
  }

  private static void writeProduct(String tier, RowWriter rows) {
    rows.text("prod_" + tier)
        .text("CloudFlow " + tier)
        .bool(true)
        .text("{}")
        .instant(CATALOG_CREATED)
        .end();
  }

  private void writePrices(RowWriter rows) {
    for (Plan plan : history.plans().all()) {
      rows.text("price_" + plan.id())
          .text("prod_" + plan.tier())
          .bool(true)
          .text(currency(plan))
          .number(plan.unitAmount())
          .text(Long.toString(plan.unitAmount()))
          .text("per_unit")
          .text("recurring")
          .text(recurring(plan).toString())
          .instant(CATALOG_CREATED)
          .end();
    }
  }

  static Json recurring(Plan plan) {
    return new Json()
        .text("interval", plan.interval().unit())
        .number("interval_count", plan.interval().count());
  }

  static String currency(Plan plan) {
    return plan.currency().name().toLowerCase(Locale.ROOT);
  }

  static String coupon(Terms terms) {
    return "coupon_"
        + terms.discountPercent()
        + "_"
        + terms.discount().name().toLowerCase(Locale.ROOT);
  }

  private void writeCoupons(RowWriter rows) {
    for (Terms.Discount discount :
        List.of(Terms.Discount.ONCE, Terms.Discount.REPEATING, Terms.Discount.FOREVER)) {
      for (int percent : List.of(10, 20, 30)) {
        String duration = discount.name().toLowerCase(Locale.ROOT);
        rows.text("coupon_" + percent + "_" + duration)
            .number(percent)
            .nothing()
            .nothing()
            .text(duration);
        if (discount == Terms.Discount.REPEATING) {
          rows.number(12).end();
        } else {
          rows.nothing().end();
        }
      }
    }
  }

  private void writeSubscriptions(RowWriter rows) {
    latest.forEach(
        (id, subscription) ->
            write(id, subscription, "" + subscription.account().workspaceId(), rows));
    Dice dice = Dice.of(history.seed(), "stripe orphans");
    List<Subscription> all = List.copyOf(latest.values());
    for (int i = 0; i < Math.max(1, Math.round(all.size() * ORPHANS)); i++) {
      String id = Ids.of("stripe_si_9", 5, i);
      dirt.log(DirtKind.ORPHAN_STRIPE_SUBSCRIPTION, "stripe.subscriptions", id);
      write(id, dice.pick(all), dice.chance(0.5) ? "" : "unknown-" + i, rows);
    }
  }

  private void write(String id, Subscription subscription, String workspace, RowWriter rows) {
    SubscriptionRow row = SubscriptionRow.after(subscription, subscription.changes().size());
    Terms terms = row.terms();
    long created = subscription.first().at();
    rows.text(id)
        .text(AccountTables.customerId(subscription.account()))
        .text(status(terms.status()))
        .instant(created)
        .instant(created);
    rows.instant(row.periodStart()).instant(row.periodEnd());
    optional(row.trialStart(), rows);
    optional(row.trialEnd(), rows);
    optional(row.cancelScheduled() ? Long.valueOf(row.periodEnd()) : null, rows);
    rows.bool(row.cancelScheduled());
    optional(row.cancelledAt(), rows);
    optional(row.cancelledAt(), rows);
    rows.text(terms.status() == Status.PAUSED ? "{\"behavior\": \"void\"}" : null)
        .text(items(subscription, terms));
    rows.text(
        terms.discount() == Terms.Discount.NONE
            ? null
            : new Json().text("coupon", coupon(terms)).toString());
    rows.number(terms.quantity()).text(currency(terms.plan()));
    rows.text(
        new Json()
            .text("workspace_id", workspace)
            .text("account_id", "" + subscription.account().id())
            .toString());
    rows.bool(subscription.account().kind() != Account.Kind.TEST).bool(false);
    rows.instant(row.updatedAt()).instant(Timeline.end() - 3_600).end();
  }

  private static String status(Status status) {
    return switch (status) {
      case CANCELLED -> "canceled";
      case PAUSED -> "active";
      case TRIALING, ACTIVE, PAST_DUE, UNPAID -> status.label();
    };
  }

  private static void optional(@Nullable Long instant, RowWriter rows) {
    if (instant == null) {
      rows.nothing();
    } else {
      rows.instant(instant);
    }
  }

  private static String items(Subscription subscription, Terms terms) {
    return "["
        + new Json()
            .text("id", subscription.itemId())
            .object("price", price(terms, terms.unitAmount()))
            .number("quantity", terms.quantity())
        + "]";
  }

  /** A price as Stripe nests it; negotiated prices differ from those of the catalogue. */
  static Json price(Terms terms, long unitAmount) {
    return new Json()
        .text("id", "price_" + terms.plan().id())
        .text("product", "prod_" + terms.plan().tier())
        .number("unit_amount", unitAmount)
        .text("currency", currency(terms.plan()))
        .text("type", "recurring")
        .object("recurring", recurring(terms.plan()));
  }

  private void writeItems(RowWriter rows) {
    latest.forEach(
        (id, subscription) -> {
          SubscriptionRow row = SubscriptionRow.after(subscription, subscription.changes().size());
          rows.text(subscription.itemId())
              .text(id)
              .text("price_" + row.terms().plan().id())
              .number(row.terms().quantity());
          rows.instant(subscription.first().at())
              .instant(row.periodStart())
              .instant(row.periodEnd())
              .text("{}")
              .end();
        });
  }
}
