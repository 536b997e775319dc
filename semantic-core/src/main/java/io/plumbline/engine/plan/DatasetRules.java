package io.plumbline.engine.plan;

import io.plumbline.engine.Mask;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** Under which rules a query reads datasets. */
interface DatasetRules {

  /** For the engine's own checks, whose answers nobody sees. */
  DatasetRules NONE =
      new DatasetRules() {
        @Override
        public RelNode input(RelNode source) {
          return source;
        }

        @Override
        public Optional<Mask> mask(String dataset, String column) {
          return Optional.empty();
        }
      };

  /** The rows of a dataset's source that there are for the principal, values unmasked. */
  RelNode input(RelNode source);

  /** What the principal gets for a column of a dataset wherever it is shown. */
  Optional<Mask> mask(String dataset, String column);
}
