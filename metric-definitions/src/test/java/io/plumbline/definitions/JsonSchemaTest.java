package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema for editors and the reader agree on what a file may look like. */
class JsonSchemaTest {

  private static final Schema SCHEMA = schema();

  @Test
  void acceptsTheSoundFile() {
    assertThat(errors(Shop.sound().text())).isEmpty();
  }

  @Test
  void acceptsTemplates() {
    assertThat(errors(Shop.sound().with("\nviews:\n", template("type: date")).text())).isEmpty();
  }

  private static String template(String type) {
    return "\ntemplates:\n"
        + "  - name: rents\n"
        + "    description: Rents.\n"
        + "    parameters:\n"
        + "      - {name: since, "
        + type
        + ", description: First day., default: 2026-01-31, optional: false}\n"
        + "    sql: select 1\n\nviews:\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contracts.yaml",
        "contracts-billing.yaml",
        "contracts-satisfaction.yaml",
        "contracts-success.yaml",
        "nps.yaml",
        "nps-bands.yaml",
        "reconciliation.yaml",
        "portfolio.yaml",
        "health.yaml",
        "unit_economics.yaml",
        "boards.yaml",
        "contracts-product.yaml",
        "revenue.yaml",
        "movements.yaml",
        "retention.yaml",
        "churn-bases.yaml",
        "account-movements.yaml",
        "trials.yaml",
        "usage.yaml",
        "cohorts.yaml"
      })
  void acceptsCanonicalFiles(String name) throws IOException {
    assertThat(errors(resource("canonical/" + name))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("spoiltFiles")
  void rejectsWhatTheReaderRejects(Shop spoilt) {
    assertThat(spoilt.problems()).isNotEmpty();
    assertThat(errors(spoilt.text())).isNotEmpty();
  }

  static Stream<Shop> spoiltFiles() {
    Shop shop = Shop.sound();
    return Stream.of(
        // Unknown keys
        shop.with("\nviews:\n", "\nview:\n"),
        shop.with("    label: Rent\n", "    lable: Rent\n"),
        shop.with("edge: opening", "edges: opening"),
        shop.with("    deduplicate: true\n", "    dedup: true\n"),
        shop.with("    deduplicate: true\n", "    primary_key: [rental_id]\n"),
        shop.with("{name: fee, type: decimal, unit", "{name: fee, kind: decimal, unit"),
        shop.with("to: valid_to}\n    columns", "til: valid_to}\n    columns"),
        shop.with("name: logistics,", "name: logistics, zone: x,"),
        shop.with("needs: [rent]", "need: [rent]"),
        shop.with("\nviews:\n", template("typ: date")),
        shop.with("\nviews:\n", template("type: day")),
        // Missing keys
        shop.with("version: 1\n\ncontracts:", "contracts:"),
        shop.with("{name: logistics, metrics", "{metrics"),
        shop.with("name: parcels_sent, type: simple,", "name: parcels_sent,"),
        shop.with("dataset: parcels, agg: count", "dataset: parcels"),
        shop.with("dataset: parcels, agg: count", "dataset: parcels, agg: sum"),
        shop.with("numerator: deposits, denominator: rent", "numerator: deposits"),
        shop.without("    of: rentals.fee\n"),
        shop.without("    source: web.visits\n"),
        shop.without("    primary_key: [visit_id]\n"),
        shop.with("{to: customers, on: customer_id}", "{to: customers}"),
        shop.with(
            "name: visits_made, type: simple, dataset: visits,", "type: simple, dataset: visits,"),
        shop.with("visit_id: {expr: id, type: bigint}", "visit_id: {expr: id}"),
        // Values of another type
        shop.with("version: 1\n\ncontracts:", "version: 2\n\ncontracts:"),
        shop.with("    label: Rent\n", "    label: [Rent]\n"),
        shop.with("    label: Rent\n", "    label:\n"),
        shop.with("    deduplicate: true\n", "    deduplicate: maybe\n"),
        shop.with("    deduplicate: true\n", "    deduplicate: yes\n"),
        shop.with("dimensions: [customers.*]", "dimensions: {a: b}"),
        shop.with(
            "type: timestamptz}\n      - {name: is_test", "type: instant}\n      - {name: is_test"),
        shop.with("edge: opening", "edge: middle"),
        shop.with("type: many_to_one", "type: many_to_many"),
        shop.with("parcels_sent, type: simple", "parcels_sent, type: weather"),
        shop.with("source: web.visits", "source: visits"),
        shop.with("history: tier_history.tier", "history: tier_history"),
        shop.with("name: parcels_sent, type", "name: ParcelsSent, type"),
        shop.with("source: web.visits\n", "source: web.visits\n    sql: select 1\n"));
  }

  private static List<com.networknt.schema.Error> errors(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML);
  }

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(resource("plumbline-definitions.schema.json"), InputFormat.JSON);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = DefinitionReader.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
