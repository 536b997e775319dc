package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is wrong with one file before anything is looked up. */
class StructureProblemsTest {

  private static final Shop SHOP = Shop.sound();

  @Test
  void brokenYamlIsToldWithItsPlace() {
    assertThat(SHOP.with("    metrics: all\n", "    metrics: [all\n").problems())
        .containsExactly(
            "shop.yaml:143:15: This is not YAML: expected ',' or ']', but got :. Check indentation, quotes and brackets here and in the lines above.");
  }

  @Test
  void tabIsNoIndentation() {
    assertThat(SHOP.with("  - name: everything\n", "¦\t- name: everything\n").problems())
        .containsExactly(
            "¦ This is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation). Check indentation, quotes and brackets here and in the lines above.");
  }

  @Test
  void emptyFileIsToldToBeEmpty() throws DefinitionException {
    assertThat(Texts.problems("# nothing yet\n"))
        .containsExactly("a.yaml:1:1: The file is empty. Write `version: 1`, or remove it.");
  }

  @Test
  void fileThatIsAListIsRefused() {
    assertThat(Texts.problems("- version: 1\n"))
        .containsExactly(
            "a.yaml:1:1: The file must be a mapping of keys, but is a list. Write `key: value` lines, or {key: value, ...}.");
  }

  @Test
  void unknownKeyIsToldWithTheNearest() {
    assertThat(SHOP.with("    label: Rent\n", "    ¦lable: Rent\n").problems())
        .containsExactly("¦ Metric 'rent' has the unknown key 'lable'. Did you mean 'label'?");
  }

  @Test
  void unknownKeyWithoutANearestIsToldWithAll() {
    assertThat(SHOP.with("name: parcels_sent,", "name: parcels_sent, ¦colour: red,").problems())
        .containsExactly(
            "¦ Metric 'parcels_sent' has the unknown key 'colour'. Known are: agg, dataset, description, expr, filter, format, label, name, owner, replaces, synonyms, time, ....");
  }

  @Test
  void unknownSectionIsTold() {
    assertThat(SHOP.with("\nviews:\n", "\n¦view:\n").problems())
        .containsExactly("¦ The file has the unknown key 'view'. Did you mean 'views'?");
  }

  @Test
  void keysOfContractsAreUnknownToMappings() {
    assertThat(SHOP.with("    deduplicate: true\n", "    ¦primary_key: [rental_id]\n").problems())
        .singleElement()
        .asString()
        .startsWith("¦ Dataset 'rentals' has the unknown key 'primary_key'.");
  }

  @Test
  void duplicateKeyIsTold() {
    assertThat(
            SHOP.with("    owner: finance\n", "    owner: finance\n    ¦owner: product\n")
                .problems())
        .containsExactly("¦ Key 'owner' stands twice, first in line 110. Remove one of them.");
  }

  @Test
  void missingVersionIsTold() {
    assertThat(SHOP.with("version: 1\n\ncontracts:", "¦contracts:").problems())
        .containsExactly("¦ The file lacks the key 'version'. Write `version: 1` at its top.");
  }

  @Test
  void otherVersionIsTold() {
    assertThat(SHOP.with("version: 1\n\ncontracts:", "version: ¦2\n\ncontracts:").problems())
        .containsExactly("¦ Version 2 of the format is unknown. Write `version: 1`.");
  }

  @Test
  void missingNameIsTold() {
    assertThat(SHOP.with("{name: logistics, metrics", "¦{metrics").problems())
        .containsExactly(
            "¦ A table lacks the key 'name'. Give it a name in lower case, such as `name: revenue`.");
  }

  @Test
  void missingTypeIsTold() {
    assertThat(
            SHOP.with("{name: parcels_sent, type: simple, ", "¦{name: parcels_sent, ").problems())
        .singleElement()
        .asString()
        .startsWith(
            "¦ Metric 'parcels_sent' lacks the key 'type'. Say its kind, one of: simple, ratio,");
  }

  @Test
  void kindThatIsNotSupportedIsToldWithThoseThatAre() {
    assertThat(
            SHOP.with(
                    "parcels_sent, type: simple, dataset: parcels, agg: count",
                    "parcels_sent, type: ¦weather, of: rent")
                .problems())
        .singleElement()
        .asString()
        .startsWith("¦ Metric 'parcels_sent' has the unsupported type 'weather'. Known are: ")
        .contains("derived");
  }

  @Test
  void keysThatAKindNeedsAreTold() {
    assertThat(
            SHOP.with(
                    "{name: growth, type: ratio, numerator: rent_change, denominator: opening_rent}",
                    "¦{name: growth, type: ratio}")
                .problems())
        .containsExactly(
            "¦ Metric 'growth' lacks the key 'numerator'. Name the metric above the line.",
            "¦ Metric 'growth' lacks the key 'denominator'. Name the metric below the line.");
    assertThat(
            SHOP.with("- name: rent\n    label", "- ¦name: rent\n    label")
                .without("    of: rentals.fee\n")
                .problems())
        .containsExactly(
            "¦ Metric 'rent' lacks the key 'of'. Name what is summed: `of: subscription_intervals.mrr`.");
    assertThat(
            SHOP.with(
                    "{name: yearly_rent, type: derived, expr: rent * 12,",
                    "¦{name: yearly_rent, type: derived,")
                .problems())
        .containsExactly(
            "¦ Metric 'yearly_rent' lacks the key 'expr'. Write it over other metrics: `expr: mrr * 12`.");
    assertThat(
            SHOP.with(
                    "{name: parcels_sent, type: simple, dataset: parcels, agg: count}",
                    "¦{name: parcels_sent, type: simple, agg: max}")
                .problems())
        .containsExactly(
            "¦ Metric 'parcels_sent' lacks the key 'dataset'. Name the dataset whose rows it reads.",
            "¦ Metric 'parcels_sent' lacks the key 'expr'. Say what is aggregated, such as `expr: amount`.");
  }

  @Test
  void wordOutsideItsListIsTold() {
    assertThat(SHOP.with("edge: opening", "edge: ¦openning").problems())
        .containsExactly(
            "¦ Metric 'opening_rent' has the unknown edge 'openning'. Did you mean 'opening'?");
    assertThat(
            SHOP.with("    unit: currency\n    synonyms", "    unit: ¦euro\n    synonyms")
                .problems())
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith(
                        "¦ Metric 'rent' has the unknown unit 'euro'. Known are: count, currency, ratio, score"));
  }

  @Test
  void wrongTypesOfValuesAreTold() {
    assertThat(SHOP.with("    label: Rent\n", "    label: ¦[Rent]\n").problems())
        .containsExactly(
            "¦ Metric 'rent': 'label' must be a text, but is a list. Correct the value, or remove the key.");
    assertThat(SHOP.with("    deduplicate: true\n", "    deduplicate: ¦maybe\n").problems())
        .containsExactly(
            "¦ Dataset 'rentals': 'deduplicate' must be true or false, but is a text. Correct the value, or remove the key.");
    assertThat(
            SHOP.with(
                    "    entity: customer\n  - name: everything",
                    "    entity:¦\n  - name: everything")
                .problems())
        .containsExactly(
            "¦ Table 'rental': 'entity' must be a text, but is empty. Correct the value, or remove the key.");
    assertThat(SHOP.with("    dimensions: [customers.*]\n", "    dimensions: ¦{a: b}\n").problems())
        .contains(
            "¦ Table 'rental': 'dimensions' must be a list, but is a mapping of keys. Correct the value, or remove the key.");
    assertThat(
            SHOP.with("{name: logistics, metrics: [parcels_sent], dimensions: []}", "¦logistics")
                .problems())
        .containsExactly(
            "¦ A table must be a mapping of keys, but is a text. Write `key: value` lines, or {key: value, ...}.");
  }

  @Test
  void aliasesOfYamlAreFollowed() {
    assertThat(
            SHOP.with("source: web.visits", "source: &visits web.visits")
                .with("label: Rent\n", "label: *visits\n")
                .problems())
        .isEmpty();
  }

  @Test
  void aliasOfItselfIsTold() {
    assertThat(SHOP.with("    synonyms: [fees]", "    synonyms: ¦&s [*s]").problems())
        .containsExactly(
            "¦ An alias refers to a part that holds the alias itself. Write the part out.");
  }

  @Test
  void datasetWithoutSourceIsTold() {
    assertThat(
            SHOP.with("- name: visits\n", "- ¦name: visits\n")
                .without("    source: web.visits\n")
                .problems())
        .containsExactly(
            "¦ Dataset 'visits' has no source. Write either `source: schema.table` or `sql: select ...`.");
  }

  @Test
  void datasetWithTwoSourcesIsTold() {
    assertThat(
            SHOP.with("- name: visits\n", "- ¦name: visits\n")
                .with("source: web.visits\n", "source: web.visits\n    sql: select 1\n")
                .problems())
        .containsExactly(
            "¦ Dataset 'visits' has two sources. Write either `source: schema.table` or `sql: select ...`.");
  }

  @Test
  void sourceWithoutSchemaIsTold() {
    assertThat(SHOP.with("source: web.visits", "source: ¦visits").problems())
        .containsExactly("¦ 'visits' is not the name of a table. Write schema.table.");
  }

  @Test
  void datasetWithoutKeyOrEntityIsTold() {
    assertThat(
            SHOP.with("- name: visits\n", "- ¦name: visits\n")
                .without(
                    "    primary_key: [visit_id]\n    entity: {name: customer, column: customer_id}\n")
                .problems())
        .containsExactly(
            "¦ Dataset 'visits' lacks the key 'primary_key'. Name the columns that identify a row: `primary_key: [id]`.",
            "¦ Dataset 'visits' lacks the key 'entity'. Say whose rows these are: `entity: {name: account, column: account_id}`.");
  }

  @Test
  void unknownTypeOfColumnIsTold() {
    assertThat(
            SHOP.with("{name: is_test, type: boolean}", "{name: is_test, type: ¦bool}").problems())
        .contains(
            "¦ A column of contract 'customers' has the unknown type 'bool'. Known are: bigint, boolean, date, decimal, double, identifier, integer, text, timestamptz.");
  }

  @Test
  void unknownZoneIsTold() {
    assertThat(SHOP.with("zone: Europe/Berlin", "zone: ¦Europe/Berlim").problems())
        .containsExactly(
            "¦ Column 'ends_at' has the unknown time zone 'Europe/Berlim'. Write `stored` if the source column is a timestamptz, a name such as America/Los_Angeles, or {expr: SQL that gives the name}.");
  }

  @Test
  void dimensionOfTableNamesItsDataset() {
    assertThat(SHOP.with("dimensions: [customers.country, ", "dimensions: [¦country, ").problems())
        .containsExactly(
            "¦ Table 'everything': 'country' is not a dimension of a dataset. Write dataset.dimension, or dataset.* for all of them.");
  }

  @Test
  void definitionThatCannotBeReadIsNotMissedElsewhere() {
    assertThat(
            SHOP.with("{name: renters, type: snapshot,", "{name: renters, type: ¦snapshop,")
                .problems())
        .containsExactly(
            "¦ Metric 'renters' has the unsupported type 'snapshop'. Did you mean 'snapshot'?");
  }

  @Test
  void allProblemsOfAllFilesAreToldInOrder() {
    assertThat(
            Texts.problems(
                "version: 1\nmetrics:\n  - {name: b, type: derived, expr: c + d}\n",
                "version: 1\ntabels: []\nmetrics:\n  - {name: c, type: ratio, numerator: b}\n"))
        .containsExactly(
            "a.yaml:3:12: Metric 'b' has no unit. Add `unit`, one of: currency, count, ratio, score.",
            "a.yaml:3:40: Metric 'b' refers to the unknown metric 'd'. Did you mean 'b'?",
            "b.yaml:2:1: The file has the unknown key 'tabels'. Did you mean 'tables'?",
            "b.yaml:4:5: Metric 'c' lacks the key 'denominator'. Name the metric below the line.");
  }
}
