package io.plumbline.definitions.reader;

import io.plumbline.definitions.Additivity;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code type: derived}: arithmetic over other metrics. */
final class DerivedKind implements MetricKind {

  @Override
  public String word() {
    return "derived";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Expression> expression =
        fields.required(
            "expr", fields.expression("expr"), "Write it over other metrics: `expr: mrr * 12`.");
    return expression.map(e -> new DerivedMetric(header, e, SqlTokens.of(e)));
  }

  private record DerivedMetric(MetricHeader header, Expression expression, SqlTokens tokens)
      implements MetricDeclaration {

    @Override
    public List<Name> inputs() {
      return tokens.columns().stream().map(SqlTokens.ColumnUse::column).toList();
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Derived(header.info(unit().orElseThrow()), expression, additivity(built));
    }

    /** Sums go through a linear expression; anything else must be evaluated where it is asked. */
    private Additivity additivity(Map<String, Metric> built) {
      if (!Linearity.isLinear(tokens)) {
        return Additivity.NON_ADDITIVE;
      }
      return inputs().stream()
          .flatMap(input -> Optional.ofNullable(built.get(input.text())).stream())
          .map(Metric::additivity)
          .max(Comparator.naturalOrder())
          .orElse(Additivity.NON_ADDITIVE);
    }
  }
}
