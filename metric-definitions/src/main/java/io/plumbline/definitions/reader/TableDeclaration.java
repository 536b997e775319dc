package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import java.util.List;
import java.util.Optional;

/**
 * A semantic table as a file declares it.
 *
 * @param classes columns computed from metrics of each entity
 * @param allMetrics whether it holds every metric that has all its dimensions
 */
record TableDeclaration(
    Name name,
    String description,
    List<Name> metrics,
    boolean allMetrics,
    List<Pick> dimensions,
    List<ClassDeclaration> classes,
    Name time,
    Optional<Name> entity) {

  /** A column whose value is an expression over metrics of each entity and period. */
  record ClassDeclaration(Name name, String label, String description, Expression expression) {

    /** The metrics that it reads. */
    List<Name> inputs() {
      return SqlTokens.of(expression).columns().stream().map(SqlTokens.ColumnUse::column).toList();
    }
  }

  /**
   * Dimensions of a dataset.
   *
   * @param dimension one of them; empty for all
   * @param alias its name in the table, where that differs
   */
  record Pick(Name dataset, Optional<Name> dimension, Optional<Name> alias) {}
}
