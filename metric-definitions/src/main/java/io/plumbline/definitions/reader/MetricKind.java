package io.plumbline.definitions.reader;

import java.util.Optional;

/** Reads metrics of one {@code type}. */
interface MetricKind {

  /** The word after {@code type:}. */
  String word();

  /** The metric; empty if a key it can't do without is missing, which was reported. */
  Optional<MetricDeclaration> read(Fields fields, MetricHeader header);
}
