package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.Shape.ShapeColumn;

/** Rows with money say in which currency it is. */
final class MoneyHasCurrency implements Rule {

  private static final String MONEY = "currency";

  @Override
  public void check(Draft draft, Problems problems) {
    draft.contracts().forEach(contract -> check(contract.shape(), problems));
    draft.datasets().stream()
        .filter(dataset -> dataset.contract().isEmpty())
        .forEach(dataset -> check(dataset.shape(), problems));
  }

  private static void check(Shape shape, Problems problems) {
    if (shape.currency().isEmpty()) {
      shape.columns().stream()
          .filter(column -> column.unit().filter(MONEY::equals).isPresent())
          .forEach(column -> report(column, problems));
    }
  }

  private static void report(ShapeColumn column, Problems problems) {
    problems.add(
        column.name().at(),
        "Column '%s' is money, but nothing says in which currency.".formatted(column.name()),
        "Name the column that holds the ISO code: `currency: currency`.");
  }
}
