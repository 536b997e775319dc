package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each rule of datasets and their mappings where it fires and, beside it, a near miss. */
class DatasetRulesTest {

  private static final Shop SHOP = Shop.sound();

  @Test
  void namesAreLowerCase() {
    assertThat(
            SHOP.with("name: parcels_sent,", "name: ¦ParcelsSent,")
                .with("[parcels_sent]", "[ParcelsSent]")
                .problems())
        .containsExactly(
            "¦ The name 'ParcelsSent' is not fit for SQL. Write up to 63 lower-case letters, digits"
                + " and underscores, a letter first.");
    assertThat(
            SHOP.with("name: parcels_sent,", "name: parcels_2,")
                .with("[parcels_sent]", "[parcels_2]")
                .problems())
        .isEmpty();
  }

  @Test
  void namesAreUnique() {
    assertThat(
            SHOP.with("name: parcels_sent,", "name: ¦rent,")
                .with("[parcels_sent]", "[rent]")
                .with("dimensions: []", "dimensions: [customers.country]")
                .problems())
        .containsExactly(
            "¦ Metric 'rent' is defined twice, first at shop.yaml:107:11. Rename or remove one of"
                + " them.");
  }

  @Test
  void columnOfMappingMayNotHideOneOfTheContract() {
    assertThat(
            SHOP.with("name: language, expr", "name: ¦country, expr")
                .with("customers.language", "customers.country")
                .problems())
        .contains(
            "¦ Column 'country' is defined twice, first at shop.yaml:13:16. Rename or remove one of"
                + " them.",
            "¦ Dimension 'country' is defined twice, first at shop.yaml:19:16. Rename or remove one"
                + " of them.");
  }

  @Test
  void contractsAreKnown() {
    assertThat(SHOP.with("implements: rentals", "implements: ¦rental").problems())
        .contains(
            "¦ Dataset 'rental' implements the unknown contract 'rental'. Did you mean 'rentals'?");
    assertThat(SHOP.with("implements: rentals", "implements: rentals\n    name: ¦rents").problems())
        .contains(
            "¦ Dataset 'rents' implements the contract 'rentals' under another name. Remove `name`:"
                + " metrics find it by the contract.");
    assertThat(
            SHOP.with("implements: rentals", "implements: rentals\n    name: rentals").problems())
        .isEmpty();
  }

  @Test
  void mappedColumnsAreInContract() {
    assertThat(
            SHOP.with("      country: upper(country)", "      ¦county: upper(country)").problems())
        .containsExactly(
            "¦ The contract 'customers' has no column 'county'. Did you mean 'country'? For a"
                + " column of your own, add a dimension with `expr`.");
  }

  @Test
  void requiredColumnsAreMapped() {
    assertThat(
            SHOP.without("      is_test: test\n")
                .with("      customer_id: id", "      ¦customer_id: id")
                .problems())
        .containsExactly(
            "¦ Dataset 'customers' lacks the column 'is_test' of its contract. Map it under"
                + " `columns`: `is_test: <SQL over the source>`.");
    assertThat(SHOP.without("      country: upper(country)\n").problems()).isEmpty();
  }

  @Test
  void typesFitContract() {
    assertThat(
            SHOP.with("      is_test: test", "      is_test: {expr: test, type: ¦integer}")
                .problems())
        .containsExactly(
            "¦ Column 'is_test' can't be integer: its contract says boolean. Cast the expression,"
                + " and remove `type`.");
    assertThat(
            SHOP.with("      rental_id: id", "      rental_id: {expr: id, type: bigint}")
                .problems())
        .isEmpty();
  }

  @Test
  void timesHaveZoneRule() {
    assertThat(
            SHOP.without("    zone: stored\n")
                .with("      joined_at: joined", "      ¦joined_at: joined")
                .problems())
        .containsExactly(
            "¦ Column 'joined_at' is a time without a rule for its zone. Write `zone` on the column"
                + " or its dataset: `stored` if the source column is a timestamptz, a name such as"
                + " America/Los_Angeles, or {expr: SQL that gives the name}.");
    assertThat(
            SHOP.without("    zone: stored\n")
                .with(
                    "      joined_at: joined",
                    "      joined_at: {expr: joined, zone: America/Los_Angeles}")
                .problems())
        .isEmpty();
  }

  @Test
  void onlyTimesHaveZoneRule() {
    assertThat(
            SHOP.with("      is_test: test", "      is_test: {expr: test, zone: ¦UTC}").problems())
        .containsExactly("¦ Column 'is_test' is boolean, which has no zone. Remove `zone`.");
  }

  @Test
  void shapesNameTheirColumns() {
    assertThat(SHOP.with("primary_key: [visit_id]", "primary_key: [¦visit]").problems())
        .containsExactly(
            "¦ Dataset 'visits' has no column 'visit'. Known are: customer_id, day, pages,"
                + " visit_id.");
    assertThat(
            SHOP.with("currency: currency\n    columns", "currency: ¦curency\n    columns")
                .problems())
        .containsExactly("¦ Contract 'rentals' has no column 'curency'. Did you mean 'currency'?");
    assertThat(SHOP.with("versions: {from: known_from,", "versions: {from: ¦know_from,").problems())
        .containsExactly(
            "¦ Contract 'rentals' has no column 'know_from'. Did you mean 'known_from'?");
    assertThat(
            SHOP.with(
                    "{name: country, label: Country,",
                    "{name: country, column: ¦contry, label: Country,")
                .problems())
        .containsExactly("¦ Contract 'customers' has no column 'contry'. Did you mean 'country'?");
  }

  @Test
  void boundsAreTimes() {
    assertThat(SHOP.with("    time: day\n", "    time: ¦pages\n").problems())
        .containsExactly(
            "¦ Column 'pages' is integer, not a time. Name a column of type date or timestamptz.");
  }

  @Test
  void moneyHasCurrency() {
    assertThat(
            SHOP.without("    currency: currency\n").with("{name: fee,", "{name: ¦fee,").problems())
        .contains(
            "¦ Column 'fee' is money, but nothing says in which currency. Name the column that"
                + " holds the ISO code: `currency: currency`.");
    assertThat(
            SHOP.with("{expr: pages, type: integer, unit: count}", "{expr: pages, type: integer}")
                .problems())
        .isEmpty();
  }

  @Test
  void joinsMeetPrimaryKeys() {
    assertThat(
            SHOP.with("on: {customer_id: customer_id}", "on: {customer_id: ¦country}").problems())
        .containsExactly(
            "¦ The join to 'customers' does not meet its primary key (customer_id), so it could"
                + " multiply rows. Write `on` with a column for each of them: `on: {your_column:"
                + " customer_id}`.");
    assertThat(
            SHOP.with("{to: customers, on: {", "{to: ¦customer, on: {")
                .with("customers.country, {name: speech, dimension: customers.language}", "")
                .problems())
        .contains("¦ Join to the unknown dataset 'customer'. Did you mean 'customers'?");
  }

  @Test
  void joinedColumnsHaveOneType() {
    assertThat(
            SHOP.with(
                    "      customer_id: {expr: customer, type: text}",
                    "      ¦customer_id: {expr: customer, type: bigint}")
                .problems())
        .containsExactly(
            "¦ Column 'customer_id' is bigint, but the column 'customer_id' of 'customers' that it"
                + " joins is text. Say the same `type` for both, with a cast where needed.");
  }

  @Test
  void joinNeedsItsColumns() {
    assertThat(SHOP.with("{to: customers, on: customer_id}", "¦{to: customers}").problems())
        .containsExactly(
            "¦ A join of contract 'rentals' lacks the key 'on'. Name the columns: `on:"
                + " account_id`.");
  }

  @Test
  void conditionsReachJoinedColumns() {
    assertThat(
            SHOP.with(
                    "orphans: customers.customer_id is null",
                    "orphans: customers.¦customer is null")
                .problems())
        .containsExactly(
            "¦ 'customers' has no column 'customer'. Known are: country, customer_id, is_test,"
                + " joined_at, language, tier.");
    assertThat(
            SHOP.with("inverted: ends_at < starts_at", "inverted: ends_at < ¦visits.day")
                .problems())
        .containsExactly("¦ 'rentals' declares no join to 'visits'. Known are: customers.");
    assertThat(
            SHOP.with(
                    "inverted: ends_at < starts_at",
                    "inverted: rentals.ends_at < cast(starts_at as date) and coalesce(fee, 0) > 1"
                        + " and currency <> 'fee.x'")
                .problems())
        .isEmpty();
  }

  @Test
  void exclusionsAreFed() {
    assertThat(
            SHOP.with(
                    "      - test customers: is_test\n",
                    "      - test customers: is_test\n      - poor: tier = 'x'\n")
                .with("implements: customers", "implements: ¦customers")
                .problems())
        .containsExactly(
            "¦ Dataset 'customers' leaves out 'poor' by the column 'tier' of 'customers', which is"
                + " not mapped. Map the column.");
    assertThat(
            SHOP.with(
                    "  - implements: rentals\n",
                    "  - implements: ¦parcel_marks\n"
                        + "    source: a.b\n"
                        + "    columns: {parcel_id: p}\n\n"
                        + "  - implements: rentals\n")
                .with(
                    "  - name: parcels\n",
                    "  - name: parcel_marks\n"
                        + "    primary_key: [parcel_id]\n"
                        + "    entity: none\n"
                        + "    columns: [{name: parcel_id, type: identifier}]\n"
                        + "    joins: [{to: parcels, on: parcel_id}]\n"
                        + "    exclude: [lost: parcels.sent_at is null]\n\n"
                        + "  - name: parcels\n")
                .problems())
        .containsExactly(
            "¦ Dataset 'parcel_marks' leaves out 'lost' by 'parcels', which no dataset implements."
                + " Map the contract 'parcels' too.");
  }

  @Test
  void typesAndUnitsInConditionsAreNoColumns() {
    assertThat(
            SHOP.with(
                    "inverted: ends_at < starts_at",
                    "odd: cast(fee as uuid) is null or fee::jsonb is null or extract(epoch from"
                        + " ends_at) > 1")
                .problems())
        .isEmpty();
  }

  @Test
  void historiesHaveValidity() {
    assertThat(SHOP.with("history: tier_history.tier", "history: tier_history.¦tire").problems())
        .containsExactly("¦ 'tier_history' has no column 'tire'. Did you mean 'tier'?");
    assertThat(SHOP.with("history: tier_history.tier", "history: ¦tiers.tier").problems())
        .containsExactly(
            "¦ The history is in the unknown dataset 'tiers'. Known are: customers, parcels,"
                + " rentals, tier_history, visits.");
    assertThat(SHOP.with("history: tier_history.tier", "history: ¦parcels.parcel_id").problems())
        .containsExactly(
            "¦ 'parcels' does not say when its rows hold. Give it `validity: {from: ..., to:"
                + " ...}`.",
            "¦ 'parcels' belongs to another entity than the dimension. Keep the history by the same"
                + " entity.");
  }
}
