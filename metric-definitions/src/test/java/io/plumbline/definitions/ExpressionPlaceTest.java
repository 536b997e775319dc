package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where a character of an SQL expression stands in its file. */
class ExpressionPlaceTest {

  @Test
  void plainTextOverLinesKeepsItsLines() throws DefinitionException {
    Expression fee =
        Shop.sound()
            .model()
            .dataset("rentals")
            .orElseThrow()
            .column("fee")
            .orElseThrow()
            .expression();

    assertThat(fee.sql()).isEqualTo("cents\n/ 100.0");
    assertThat(fee.at()).hasToString("shop.yaml:84:12");
    assertThat(fee.positionOf(1, 3)).hasToString("shop.yaml:84:14");
    assertThat(fee.positionOf(2, 3)).hasToString("shop.yaml:85:11");
  }

  @Test
  void blockStartsBelowItsIndicator() throws DefinitionException {
    Expression sql = Shop.sound().model().views().get(0).sql();

    assertThat(sql.sql())
        .isEqualTo("select month, aggregate(rent) as rent\nfrom metrics.rental\ngroup by month");
    assertThat(sql.at()).hasToString("shop.yaml:152:7");
    assertThat(sql.positionOf(2, 6)).hasToString("shop.yaml:153:12");
  }

  @Test
  void foldedBlockKeepsItsLines() throws DefinitionException {
    Expression sql =
        Shop.sound()
            .with("    sql: |\n      select month", "    sql: >-\n      select month")
            .model()
            .views()
            .get(0)
            .sql();

    assertThat(sql.sql())
        .isEqualTo("select month, aggregate(rent) as rent\nfrom metrics.rental\ngroup by month");
    assertThat(sql.positionOf(3, 1)).hasToString("shop.yaml:154:7");
  }

  @Test
  void blockAtTheEndOfTheFileIsWhole() throws DefinitionException {
    for (String end : new String[] {"", "\n", "\n\n", "\n  "}) {
      SemanticModel model =
          DefinitionReader.withoutCanonical()
              .read(
                  Texts.files(
                      "version: 1\nviews:\n  - name: v\n    sql: |\n      select 1\n        from t"
                          + end));
      assertThat(model.views().get(0).sql().sql()).isEqualTo("select 1\n  from t");
    }
  }

  @Test
  void quotedTextStartsAfterItsQuote() throws DefinitionException {
    Expression currency =
        Shop.sound()
            .model()
            .dataset("rentals")
            .orElseThrow()
            .column("currency")
            .orElseThrow()
            .expression();

    assertThat(currency.sql()).isEqualTo("'USD'");
    assertThat(currency.at()).hasToString("shop.yaml:86:18");
  }

  @Test
  void placesCountCharactersNotBytes() {
    assertThat(
            Texts.problems(
                "version: 1\nmetrics:\n  - {label: 'Größe 💶', name: a, unit: count, type: derived, expr: b}\n"))
        .containsExactly(
            "a.yaml:3:67: Metric 'a' refers to the unknown metric 'b'. Did you mean 'a'?");
  }

  @Test
  void placeInALaterLineOfAnExpressionIsExact() {
    assertThat(
            Shop.sound()
                .with(
                    "    filter: pages > 0\n",
                    "    filter: pages > 0\n      -- no robots: they read everything\n      and 'a''b' <> ¦robot\n")
                .with("    filter: pages > 0\n", "    filter: |\n      pages > 0\n")
                .problems())
        .containsExactly(
            "¦ Metric 'pages_seen' refers to the unknown column 'robot' of 'visits'. Known are: customer_id, day, pages, visit_id.");
  }
}
