package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

/** Templates are read with their parameters, and every problem of them is told with its place. */
class TemplatesTest {

  private static final String SOUND =
      """

      templates:
        - name: rent_of
          label: Rent of a customer
          description: Rent of one customer by month.
          parameters:
            - {name: customer, type: text, description: Name of the customer.}
            - {name: from_day, type: date, default: 2026-01-31, description: First day.}
            - {name: most, type: integer, optional: true, description: Months at most.}
          sql: select month, aggregate(rent) from metrics.rental where name = argument(customer)

      views:
      """;

  private static Shop shop(String before, String after) {
    return Shop.sound().with("\nviews:\n", SOUND).with(before, after);
  }

  @Test
  void parametersSayWhatACallMustGive() throws DefinitionException {
    Template template =
        Shop.sound().with("\nviews:\n", SOUND).model().templates().stream()
            .findFirst()
            .orElseThrow();
    assertThat(template.label()).isEqualTo("Rent of a customer");
    assertThat(template.parameters())
        .extracting(Template.Parameter::name, Template.Parameter::required)
        .containsExactly(tuple("customer", true), tuple("from_day", false), tuple("most", false));
    assertThat(template.parameters().get(1).defaultValue()).contains("2026-01-31");
  }

  @Test
  void aDefaultIsOfItsType() {
    assertThat(shop("default: 2026-01-31", "default: ¦2026-13-31").problems())
        .containsExactly(
            "¦ Template 'rent_of': the default '2026-13-31' of 'from_day' is no date."
                + " Write it as 2026-01-31.");
  }

  @Test
  void aTypeIsOneOfThoseThatThereAre() {
    assertThat(shop("name: most, type: integer", "name: most, type: ¦intger").problems())
        .singleElement()
        .asString()
        .startsWith("¦ ")
        .contains("unknown type 'intger'", "'integer'");
  }

  @Test
  void namesAreGivenOnce() {
    assertThat(shop("name: most, type", "name: ¦customer, type").problems())
        .singleElement()
        .asString()
        .startsWith("¦ Parameter 'customer' is defined twice");
  }

  @Test
  void aQueryAndItsQuestionAreNeeded() {
    assertThat(
            shop("    description: Rent of one customer by month.\n", "    descripton: x\n")
                .problems())
        .hasSize(2)
        .anySatisfy(p -> assertThat(p).contains("lacks the key 'description'"))
        .anySatisfy(p -> assertThat(p).contains("unknown key 'descripton'"));
  }
}
