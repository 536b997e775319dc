package io.plumbline.definitions.reader;

import java.util.List;

/** A metric that names columns of its dataset by which rows are dated. */
interface DatedMetric extends MetricDeclaration {

  /** Those columns. */
  List<Name> times();
}
