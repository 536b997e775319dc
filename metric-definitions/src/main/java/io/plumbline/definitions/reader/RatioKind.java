package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code type: ratio}: one metric divided by another; null where the denominator is 0. */
final class RatioKind implements MetricKind {

  @Override
  public String word() {
    return "ratio";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Name> numerator =
        fields.required("numerator", fields.name("numerator"), "Name the metric above the line.");
    Optional<Name> denominator =
        fields.required(
            "denominator", fields.name("denominator"), "Name the metric below the line.");
    List<Name> ignoring = fields.names("ignoring");
    return numerator.flatMap(n -> denominator.map(d -> new RatioMetric(header, n, d, ignoring)));
  }

  /**
   * @param ignoring dimensions that the denominator does without
   */
  record RatioMetric(MetricHeader header, Name numerator, Name denominator, List<Name> ignoring)
      implements MetricDeclaration {

    @Override
    public List<Name> inputs() {
      return List.of(numerator, denominator);
    }

    @Override
    public Optional<Unit> unit() {
      return Optional.of(header.unit().orElse(Unit.RATIO));
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Ratio(
          header.info(unit().orElseThrow()),
          numerator.text(),
          denominator.text(),
          ignoring.stream().map(Name::text).toList());
    }
  }
}
