package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** The columns that date rows or bound their validity and versions are days or instants. */
final class BoundsAreTimes implements Rule {

  private static final Set<DataType> TIMES = EnumSet.of(DataType.DATE, DataType.TIMESTAMPTZ);

  @Override
  public void check(Draft draft, Problems problems) {
    draft.contracts().forEach(contract -> check(contract.shape(), problems));
    draft.datasets().forEach(dataset -> check(dataset.shape(), problems));
  }

  private static void check(Shape shape, Problems problems) {
    Stream<Name> bounds =
        Stream.concat(shape.validity().stream(), shape.versions().stream())
            .flatMap(b -> Stream.of(b.from(), b.to()));
    Stream.concat(bounds, shape.time().stream())
        .forEach(name -> shape.column(name.text()).ifPresent(c -> check(name, c, problems)));
  }

  private static void check(Name use, ShapeColumn column, Problems problems) {
    DataType type = column.types().get(0);
    if (!TIMES.contains(type)) {
      problems.add(
          use.at(),
          "Column '%s' is %s, not a time.".formatted(use, type.yamlName()),
          "Name a column of type date or timestamptz.");
    }
  }
}
