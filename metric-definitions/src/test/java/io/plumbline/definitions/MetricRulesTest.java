package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule of metrics, tables and views where it fires and, beside it, a near miss. */
class MetricRulesTest {

  private static final Shop SHOP = Shop.sound();

  @Test
  void metricInputsAreKnown() {
    assertThat(SHOP.with("numerator: rent_change,", "numerator: ¦rent_chance,").problems())
        .containsExactly(
            "¦ Metric 'growth' refers to the unknown metric 'rent_chance'. Did you mean"
                + " 'rent_change'?");
    assertThat(SHOP.with("expr: rent * 12,", "expr: rent * ¦x12,").problems())
        .containsExactly(
            "¦ Metric 'yearly_rent' refers to the unknown metric 'x12'. Known are: deposit_share,"
                + " deposits, growth, opening_rent, pages_seen, parcels_sent, rent, rent_change,"
                + " rent_per_renter, renters, visits_made, yearly_rent.");
  }

  @Test
  void metricsHaveNoCycle() {
    assertThat(SHOP.with("expr: rent - opening_rent,", "expr: ¦growth * opening_rent,").problems())
        .containsExactly(
            "shop.yaml:122:44: Metrics go round in a circle: rent_change -> growth -> rent_change."
                + " Define one of them without the others.");
    assertThat(SHOP.with("expr: rent - opening_rent,", "expr: ¦rent_change * 2,").problems())
        .containsExactly(
            "¦ Metrics go round in a circle: rent_change -> rent_change. Define one of them without"
                + " the others.");
  }

  @Test
  void metricColumnsAreKnown() {
    assertThat(
            SHOP.with("of: rentals.fee, count: entity", "of: rentals.¦fees, count: entity")
                .problems())
        .containsExactly(
            "¦ Metric 'renters' refers to the unknown column 'fees' of 'rentals'. Did you mean"
                + " 'fee'?");
    assertThat(
            SHOP.with("of: rentals.fee, count: entity", "of: ¦rental.fee, count: entity")
                .problems())
        .containsExactly(
            "¦ Metric 'renters' reads the unknown dataset 'rental'. Did you mean 'rentals'?");
    assertThat(SHOP.with("filter: pages > 0", "filter: pages > 0 and ¦page > 1").problems())
        .containsExactly(
            "¦ Metric 'pages_seen' refers to the unknown column 'page' of 'visits'. Did you mean"
                + " 'pages'?");
  }

  @Test
  void metricsCannotReachBeyondTheirDataset() {
    assertThat(SHOP.with("filter: pages > 0", "filter: ¦customers.is_test").problems())
        .containsExactly(
            "¦ Metric 'pages_seen' reads 'visits' and can't reach 'customers'. Name columns of"
                + " 'visits' only.");
    assertThat(SHOP.with("filter: pages > 0", "filter: visits.pages > 0").problems()).isEmpty();
  }

  @Test
  void metricsHaveUnit() {
    assertThat(
            SHOP.with(
                    "{name: yearly_rent, type: derived, expr: rent * 12, unit: currency}",
                    "{name: ¦yearly_rent, type: derived, expr: rent * 12}")
                .problems())
        .containsExactly(
            "¦ Metric 'yearly_rent' has no unit. Add `unit`, one of: currency, count, ratio,"
                + " score.");
  }

  @Test
  void movementsReadAmounts() {
    String movement = "{name: visits_made, type: movement, of: ¦%s, movement: new, unit: currency}";
    String old = "{name: visits_made, type: simple, dataset: visits, agg: count}";
    assertThat(SHOP.with(old, movement.formatted("rent")).problems()).isEmpty();
    for (String of : List.of("renters", "opening_rent", "yearly_rent")) {
      assertThat(SHOP.with(old, movement.formatted(of)).problems())
          .containsExactly(
              "¦ Metric 'visits_made' compares the states of '%s', which is no amount at the closing edge. Name a metric of `type: snapshot` without `count`, `agg`, `currency` and `edge: opening`."
                  .formatted(of));
    }
  }

  @Test
  void movementsHaveTheUnitOfTheirAmount() {
    assertThat(
            SHOP.with(
                    "{name: visits_made, type: simple, dataset: visits, agg: count}",
                    "{name: ¦visits_made, type: movement, of: rent, movement: new, unit: count}")
                .problems())
        .containsExactly(
            "¦ Metric 'visits_made' is in count, but 'rent' is in currency. Write the unit of"
                + " 'rent'.");
  }

  @Test
  void ratesAndTransfersCountNoEntities() {
    assertThat(
            SHOP.with(
                    "{name: visits_made, type: simple, dataset: visits, agg: count}",
                    "{name: ¦visits_made, type: movement, of: rent, movement: fx, count: entity}")
                .problems())
        .containsExactly(
            "¦ Metric 'visits_made' counts entities, but there are none behind 'fx'. Remove"
                + " `count`.");
  }

  @Test
  void retentionHasAWindowOfMonths() {
    String old = "{name: visits_made, type: simple, dataset: visits, agg: count}";
    String kept = "{name: visits_made, type: retention, of: rent, keep: closing, window: %s}";
    assertThat(SHOP.with(old, kept.formatted("12 months")).problems()).isEmpty();
    assertThat(SHOP.with(old, kept.formatted("¦a year")).problems())
        .containsExactly(
            "¦ Metric 'visits_made' has the unknown window 'a year'. Write `window: period`, or a"
                + " number of months such as `window: 12 months`.");
  }

  @Test
  void stintsHaveEnds() {
    assertThat(
            SHOP.with(
                    "of: rentals.deposit, unit",
                    "of: rentals.deposit, ends: ¦nowhere.paid_through, unit")
                .problems())
        .singleElement()
        .asString()
        .startsWith("¦ Metric 'deposits' reads the unknown dataset 'nowhere'.");
    assertThat(
            SHOP.with(
                    "of: rentals.deposit, unit",
                    "of: rentals.deposit, ends: customers.¦joined, unit")
                .problems())
        .anyMatch(
            p ->
                p.startsWith(
                    "¦ Metric 'deposits' needs the column 'contract_end' of 'customers'."));
  }

  @Test
  void simpleMetricsAreDated() {
    assertThat(
            SHOP.with(
                    "{name: visits_made, type: simple, dataset: visits, agg: count}",
                    "{name: visits_made, type: simple, dataset: ¦rentals, agg: count}")
                .problems())
        .containsExactly(
            "¦ Metric 'visits_made' is simple, but the rows of 'rentals' have no time. Name the"
                + " column that dates them in the dataset, `time: created_at`, or read another.");
  }

  @Test
  void snapshotsReadValidity() {
    assertThat(
            SHOP.with("of: rentals.fee, count: entity", "of: ¦visits.pages, count: entity")
                .problems())
        .containsExactly(
            "¦ Metric 'renters' is a snapshot, but 'visits' does not say when its rows hold. Give"
                + " the dataset `validity: {from: ..., to: ...}`, or use `type: simple`.");
    assertThat(
            SHOP.with("of: rentals.fee, edge: opening,", "of: rentals.¦currency, edge: opening,")
                .problems())
        .containsExactly(
            "¦ Metric 'opening_rent' sums 'currency', which is text. Name a column of numbers.");
    assertThat(
            SHOP.with("    entity: customer\n    unit", "    entity: ¦company\n    unit")
                .problems())
        .containsExactly(
            "¦ Metric 'rent' sums by 'company', but the rows of 'rentals' belong to 'customer'."
                + " Remove `entity`, or write 'customer'.");
    assertThat(
            SHOP.with(
                    "{name: deposits, type: snapshot, of: rentals.deposit, unit: currency}",
                    "{name: ¦deposits, type: snapshot, of: rentals.deposit, unit: count}")
                .problems())
        .contains(
            "¦ Metric 'deposits' is in count, but the column 'deposit' is in currency. Write `unit:"
                + " currency`.");
  }

  @Test
  void ratioUnitsFit() {
    assertThat(
            SHOP.with(
                    "{name: rent_per_renter, type: ratio, numerator: rent, denominator: renters,"
                        + " unit: currency}",
                    "{name: ¦rent_per_renter, type: ratio, numerator: rent, denominator: renters}")
                .problems())
        .containsExactly(
            "¦ Metric 'rent_per_renter' divides currency by count, so it is no fraction. Say its"
                + " unit, such as `unit: currency`.");
  }

  @Test
  void ratioInputsMeet() {
    Shop devices =
        SHOP.with(
            "entity: {name: customer, column: customer_id}\n    time: day",
            "entity: {name: device, column: customer_id}\n    time: day");
    String ratio = "{name: parcels_sent, type: simple, dataset: parcels, agg: count}";

    assertThat(
            devices
                .with(
                    "    joins:\n"
                        + "      - {to: customers, on: {customer_id: customer_id}, type:"
                        + " many_to_one}\n",
                    "")
                .with(
                    ratio,
                    "{name: parcels_sent, type: ratio, numerator: renters, denominator:"
                        + " ¦visits_made}")
                .with("dimensions: []", "dimensions: [visits.*]")
                .with("dimensions: [visits.*]", "dimensions: []")
                .problems())
        .containsExactly(
            "¦ Metric 'parcels_sent' divides by the grain of 'visits_made', which 'renters' does"
                + " not have: customer against device. Join one dataset to the other's entity, or"
                + " divide metrics of one entity.");
    assertThat(
            devices
                .with(
                    ratio,
                    "{name: parcels_sent, type: ratio, numerator: renters, denominator:"
                        + " visits_made}")
                .problems())
        .isEmpty();
  }

  @Test
  void tableMetricsAreKnown() {
    assertThat(SHOP.with("metrics: [parcels_sent]", "metrics: [¦parcels_send]").problems())
        .containsExactly(
            "¦ Table 'logistics' lists the unknown metric 'parcels_send'. Did you mean"
                + " 'parcels_sent'?");
  }

  @Test
  void tableDimensionsAreKnown() {
    assertThat(
            SHOP.with("dimension: customers.language", "dimension: customers.¦langage").problems())
        .containsExactly("¦ 'customers' has no dimension 'langage'. Did you mean 'language'?");
    assertThat(
            SHOP.with("dimension: customers.language", "dimension: ¦customer.language").problems())
        .containsExactly(
            "¦ Table 'everything' takes dimensions of the unknown dataset 'customer'. Did you mean"
                + " 'customers'?");
  }

  @Test
  void tableColumnsAreUnique() {
    assertThat(SHOP.with("{name: speech, dimension", "{name: ¦country, dimension").problems())
        .containsExactly(
            "¦ Table 'everything' has a dimension and a dimension of the name 'country'. Give a"
                + " dimension another name here: `{name: ..., dimension: dataset.dimension}`, or"
                + " leave one out.");
    assertThat(SHOP.with("{name: speech, dimension", "{name: ¦month, dimension").problems())
        .containsExactly(
            "¦ Table 'everything' has a time column and a dimension of the name 'month'. Give a"
                + " dimension another name here: `{name: ..., dimension: dataset.dimension}`, or"
                + " leave one out.");
  }

  @Test
  void tableMetricsHaveDimensions() {
    assertThat(
            SHOP.with(
                    "metrics: [parcels_sent], dimensions: []",
                    "metrics: [¦parcels_sent], dimensions: [customers.country]")
                .problems())
        .containsExactly(
            "¦ Metric 'parcels_sent' can't be cut by the dimensions of 'customers' in the table"
                + " 'logistics'. Declare a join from its dataset, or put the metric into another"
                + " table.");
  }

  @Test
  void tableEntityIsADimension() {
    assertThat(
            SHOP.with(
                    "dimensions: [customers.*]\n    time: metric_time\n    entity: customer",
                    "dimensions: [customers.country]\n    time: metric_time\n    entity: ¦customer")
                .problems())
        .containsExactly(
            "¦ Table 'rental' has no dimension that is the key of 'customer'. Add the dimension"
                + " over the primary key of the entity's dataset, or remove `entity`.");
  }

  @Test
  void viewsNeedKnownMetrics() {
    assertThat(SHOP.with("needs: [rent]", "needs: [¦rents]").problems())
        .containsExactly(
            "¦ View 'rent_monthly' needs the unknown metric 'rents'. Did you mean 'rent'?");
  }
}
