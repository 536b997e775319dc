package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A metric whose references are not resolved yet. Each kind has its own. */
interface MetricDeclaration {

  MetricHeader header();

  default Name name() {
    return header().name();
  }

  /** The other metrics that it is made of. */
  default List<Name> inputs() {
    return List.of();
  }

  /** The dataset whose rows it reads itself. */
  default Optional<Name> dataset() {
    return Optional.empty();
  }

  /** Columns of the dataset that it names. */
  default List<Name> columns() {
    return List.of();
  }

  /** Columns of other datasets that it reads beside its own. */
  default List<Dotted> others() {
    return List.of();
  }

  /** SQL over columns of the dataset. */
  default List<Expression> expressions() {
    return List.of();
  }

  /** The unit that it declares or can only have; empty if it must declare one and does not. */
  default Optional<Unit> unit() {
    return header().unit();
  }

  /**
   * The metric, once everything was checked.
   *
   * @param built the inputs
   */
  Metric build(Map<String, Metric> built);
}
