package io.plumbline.engine.plan;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Snapshot.Measure;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * What is summed per entity at an instant.
 *
 * @param column of the dataset
 * @param rows whether rows that have the column are counted, instead of its values summed
 * @param filter rows that count, over the dataset's columns in order of declaration
 * @param ends where the end of an entity's final stint is moved to
 */
record StateSource(
    CompiledDataset dataset,
    String column,
    boolean rows,
    Optional<RexNode> filter,
    Optional<Metric.Snapshot.Ends> ends) {

  static StateSource of(Metric.Snapshot snapshot, CompiledModel model) {
    CompiledDataset dataset = model.dataset(snapshot.dataset());
    boolean rows =
        snapshot.measure() == Measure.ROWS
            || !SqlTypeUtil.isNumeric(dataset.typeOf(snapshot.column()));
    return new StateSource(
        dataset,
        snapshot.column(),
        rows,
        Optional.ofNullable(model.snapshotFilters().get(snapshot.name())),
        snapshot.ends());
  }

  /** The column with the currency of the amounts; empty if they are no money of several. */
  Optional<String> currency() {
    return rows ? Optional.empty() : dataset.definition().currency();
  }
}
