package io.plumbline.definitions.reader;

import java.util.List;
import java.util.Optional;

/**
 * A semantic table as a file declares it.
 *
 * @param allMetrics whether it holds every metric that has all its dimensions
 */
record TableDeclaration(
    Name name,
    String description,
    List<Name> metrics,
    boolean allMetrics,
    List<Pick> dimensions,
    Name time,
    Optional<Name> entity) {

  /**
   * Dimensions of a dataset.
   *
   * @param dimension one of them; empty for all
   * @param alias its name in the table, where that differs
   */
  record Pick(Name dataset, Optional<Name> dimension, Optional<Name> alias) {}
}
