package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.Dataset.EntityKey;
import io.plumbline.definitions.Dataset.Interval;
import io.plumbline.definitions.Metric.Snapshot.Edge;
import io.plumbline.definitions.Metric.Snapshot.Measure;
import io.plumbline.definitions.SemanticTable.DimensionReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopTest {

  @Test
  void soundFileHasNoProblems() {
    assertThat(Shop.sound().problems()).isEmpty();
  }

  @Test
  void mappingTakesShapeFromItsContract() throws DefinitionException {
    Dataset rentals = Shop.sound().model().dataset("rentals").orElseThrow();

    assertThat(rentals.contract()).contains("rentals");
    assertThat(rentals.primaryKey()).containsExactly("rental_id");
    assertThat(rentals.entity()).contains(new EntityKey("customer", "customer_id"));
    assertThat(rentals.validity()).contains(new Interval("starts_at", "ends_at"));
    assertThat(rentals.currency()).contains("currency");
    assertThat(rentals.joins()).extracting(Join::to).containsExactly("customers");
    assertThat(rentals.exclusions())
        .extracting(Exclusion::label)
        .containsExactly("orphans", "inverted");
    assertThat(rentals.deduplicate()).isTrue();
  }

  @Test
  void versionsAreThereOnlyIfBothTheirColumnsAreMapped() throws DefinitionException {
    Shop versioned =
        Shop.sound()
            .with(
                "      starts_at: begin\n",
                "      starts_at: begin\n      known_from: k\n      known_to: l\n");

    assertThat(Shop.sound().model().dataset("rentals").orElseThrow().versions()).isEmpty();
    assertThat(versioned.model().dataset("rentals").orElseThrow().versions())
        .contains(new Interval("known_from", "known_to"));
  }

  @Test
  void zoneOfColumnGoesBeforeThatOfDataset() throws DefinitionException {
    Dataset rentals = Shop.sound().model().dataset("rentals").orElseThrow();

    assertThat(rentals.column("starts_at").orElseThrow().zone().orElseThrow().sql())
        .isEqualTo("zone");
    assertThat(rentals.column("ends_at").orElseThrow().zone().orElseThrow().sql())
        .isEqualTo("'Europe/Berlin'");
    assertThat(rentals.column("fee").orElseThrow().zone()).isEmpty();
  }

  @Test
  void storedZoneNeedsNoConversion() throws DefinitionException {
    Dataset customers = Shop.sound().model().dataset("customers").orElseThrow();

    assertThat(customers.column("joined_at").orElseThrow().zone()).isEmpty();
  }

  @Test
  void mappingAddsDimensionWithColumnOfItsOwn() throws DefinitionException {
    Dataset customers = Shop.sound().model().dataset("customers").orElseThrow();

    assertThat(customers.dimensions())
        .extracting(Dimension::name)
        .containsExactly("customer_id", "country", "language");
    assertThat(customers.column("language").orElseThrow().expression().sql()).isEqualTo("lang");
  }

  @Test
  void metricsOfAllKindsAreRead() throws DefinitionException {
    SemanticModel model = Shop.sound().model();

    assertThat(model.metric("opening_rent").orElseThrow())
        .isInstanceOfSatisfying(
            Metric.Snapshot.class,
            m -> {
              assertThat(m.dataset()).isEqualTo("rentals");
              assertThat(m.column()).isEqualTo("fee");
              assertThat(m.edge()).isEqualTo(Edge.OPENING);
              assertThat(m.measure()).isEqualTo(Measure.AMOUNT);
            });
    assertThat(model.metric("renters").orElseThrow().info().unit()).isEqualTo(Unit.COUNT);
    assertThat(model.metric("growth").orElseThrow().info())
        .satisfies(
            info -> {
              assertThat(info.unit()).isEqualTo(Unit.RATIO);
              assertThat(info.format()).isEqualTo("percent");
              assertThat(info.label()).isEqualTo("Growth");
            });
  }

  @Test
  void additivityFollowsFromKindAndInputs() throws DefinitionException {
    SemanticModel model =
        Shop.sound()
            .with("rent * 12,", "visits_made * 2 + visits_made,")
            .with("rent - opening_rent,", "(rent - opening_rent) / 2.5,")
            .model();

    assertThat(additivity(model, "yearly_rent")).isEqualTo(Additivity.ADDITIVE);
    assertThat(additivity(model, "rent_change")).isEqualTo(Additivity.SEMI_ADDITIVE);
    assertThat(additivity(model, "growth")).isEqualTo(Additivity.NON_ADDITIVE);
  }

  @Test
  void expressionThatIsNotLinearIsNotAdditive() throws DefinitionException {
    for (String expression :
        List.of(
            "visits_made + 1",
            "100 / visits_made",
            "visits_made * visits_made",
            "abs(visits_made)")) {
      SemanticModel model = Shop.sound().with("rent * 12,", "'" + expression + "',").model();
      assertThat(additivity(model, "yearly_rent"))
          .as(expression)
          .isEqualTo(Additivity.NON_ADDITIVE);
    }
  }

  @Test
  void whatIsNotMappedGoesAwayAndIsListed() throws DefinitionException {
    SemanticModel model = Shop.sound().model();

    assertThat(model.metric("deposits")).isEmpty();
    assertThat(model.views()).extracting(PublishedView::name).containsExactly("rent_monthly");
    assertThat(model.tables())
        .extracting(SemanticTable::name)
        .containsExactly("rental", "everything");
    assertThat(model.unavailable())
        .containsExactly(
            new Unavailable(
                "dimension", "customers.tier", "the dataset 'customers' does not map 'tier'"),
            new Unavailable("metric", "deposits", "the dataset 'rentals' does not map 'deposit'"),
            new Unavailable("metric", "parcels_sent", "no dataset implements 'parcels'"),
            new Unavailable("metric", "deposit_share", "it needs the metric 'deposits'"),
            new Unavailable("table", "logistics", "none of its metrics is available"),
            new Unavailable("view", "deposits_monthly", "it needs the metric 'deposits'"));
  }

  @Test
  void historyIsThereOnlyIfItsDatasetIs() throws DefinitionException {
    Shop tiers = Shop.sound().with("      country: upper(country)\n", "      tier: tier\n");
    Shop history =
        tiers
            .with(
                "  - implements: rentals\n",
                "  - implements: tier_history\n    source: shop.tier\n    columns: {customer_id: c, tier: t, valid_from: f, valid_to: u}\n\n  - implements: rentals\n")
            .with("customers.country, ", "");

    assertThat(tier(tiers.with("customers.country, ", "").model()).history()).isEmpty();
    assertThat(tier(history.model()).history())
        .contains(new Dimension.History("tier_history", "tier"));
  }

  private static Dimension tier(SemanticModel model) {
    return model.dataset("customers").orElseThrow().dimensions().stream()
        .filter(d -> d.name().equals("tier"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tableOfAllMetricsHoldsThoseThatHaveItsDimensions() throws DefinitionException {
    SemanticTable everything = Shop.sound().model().tables().get(1);

    assertThat(everything.metrics()).contains("rent", "visits_made").doesNotContain("parcels_sent");
    assertThat(everything.dimensions())
        .containsExactly(
            new DimensionReference("country", "customers", "country", false),
            new DimensionReference("speech", "customers", "language", false));
    assertThat(everything.time()).isEqualTo("metric_time");
  }

  @Test
  void keyOfTheEntityIsMarked() throws DefinitionException {
    SemanticTable rental = Shop.sound().model().tables().get(0);

    assertThat(rental.entity()).contains("customer");
    assertThat(rental.dimensions())
        .filteredOn(DimensionReference::entityKey)
        .extracting(DimensionReference::name)
        .containsExactly("customer_id");
  }

  private static Additivity additivity(SemanticModel model, String metric) {
    return model.metric(metric).orElseThrow().additivity();
  }
}
