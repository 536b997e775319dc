package io.plumbline.engine.plan;

import io.plumbline.definitions.SemanticModel;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Says what to do about a metric that stands bare beside GROUP BY, where SQL wants a group key. */
final class UngroupedMetric {

  private UngroupedMetric() {}

  /** The error in words about the metric, if it is about one; else the error itself. */
  static QueryException explained(QueryException error, SqlNode query, SemanticModel model) {
    if (error.state() != SqlState.GROUPING_ERROR || error.place().isEmpty()) {
      return error;
    }
    return columnAt(query, error.place().get())
        .flatMap(model::metric)
        .map(
            metric ->
                new QueryException(
                    SqlState.GROUPING_ERROR,
                    error.place(),
                    metric.name()
                        + " is a metric; beside GROUP BY it needs its aggregate: use aggregate("
                        + metric.name()
                        + ")",
                    error))
        .orElse(error);
  }

  private static Optional<String> columnAt(SqlNode query, Place place) {
    ColumnFinder finder = new ColumnFinder(place);
    query.accept(finder);
    return Optional.ofNullable(finder.name);
  }

  private static final class ColumnFinder extends SqlBasicVisitor<@Nullable Void> {
    private final Place place;
    private @Nullable String name;

    ColumnFinder(Place place) {
      this.place = place;
    }

    @Override
    public @Nullable Void visit(SqlIdentifier id) {
      boolean there =
          id.getParserPosition().getLineNum() == place.line()
              && id.getParserPosition().getColumnNum() == place.column();
      if (there && !id.names.isEmpty()) {
        name = id.names.get(id.names.size() - 1);
      }
      return null;
    }
  }
}
