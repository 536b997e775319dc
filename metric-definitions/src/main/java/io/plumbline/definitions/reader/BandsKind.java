package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Aggregation;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code type: bands}: metrics evaluated for each entity, then counted, averaged or summed over the
 * entities.
 */
final class BandsKind implements MetricKind {

  @Override
  public String word() {
    return "bands";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Name> entity =
        fields.required(
            "entity", fields.name("entity"), "Say whose values they are: `entity: account`.");
    Optional<Expression> expression =
        fields.required(
            "expr", fields.expression("expr"), "Write it over metrics: `expr: account_nps < 0`.");
    Optional<Aggregation> aggregation =
        fields.required(
            "agg", fields.word("agg", Aggregation.class), "Say how, such as `agg: count`.");
    return entity.flatMap(
        e ->
            expression.flatMap(
                x -> aggregation.map(a -> new BandsMetric(header, e, x, SqlTokens.of(x), a))));
  }

  private record BandsMetric(
      MetricHeader header,
      Name entity,
      Expression expression,
      SqlTokens tokens,
      Aggregation aggregation)
      implements MetricDeclaration {

    @Override
    public List<Name> inputs() {
      return tokens.columns().stream().map(SqlTokens.ColumnUse::column).toList();
    }

    @Override
    public Optional<Unit> unit() {
      return header.unitOf(aggregation);
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Bands(
          header.info(unit().orElseThrow()), entity.text(), expression, aggregation);
    }
  }
}
