package io.plumbline.definitions.reader;

import java.util.List;
import java.util.Optional;

/** A metric that names columns of its dataset by which rows are dated. */
interface DatedMetric extends MetricDeclaration {

  /** The dataset whose rows it reads. */
  Name datasetName();

  /** Those columns. */
  List<Name> times();

  @Override
  default Optional<Name> dataset() {
    return Optional.of(datasetName());
  }

  @Override
  default List<Name> columns() {
    return times();
  }
}
