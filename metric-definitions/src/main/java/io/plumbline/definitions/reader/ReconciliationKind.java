package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Reconciliation.Measure;
import io.plumbline.definitions.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code type: reconciliation}: how far a metric is from another one that should be the same. */
final class ReconciliationKind implements MetricKind {

  @Override
  public String word() {
    return "reconciliation";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Name> of =
        fields.required("of", fields.name("of"), "Name the metric that is checked.");
    Optional<Name> against =
        fields.required("against", fields.name("against"), "Name the metric that it should be.");
    Optional<BigDecimal> tolerance =
        fields.required("tolerance", tolerance(fields), "Write a part of it: `tolerance: 0.02`.");
    Optional<Measure> measure =
        fields.required(
            "measure", fields.word("measure", Measure.class), "Say what: `measure: difference`.");
    return of.flatMap(
        o ->
            against.flatMap(
                a ->
                    tolerance.flatMap(
                        t -> measure.map(m -> new ReconciliationMetric(header, o, a, t, m)))));
  }

  private static Optional<BigDecimal> tolerance(Fields fields) {
    Optional<Name> written = fields.name("tolerance");
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      BigDecimal tolerance = new BigDecimal(written.get().text());
      if (tolerance.signum() >= 0 && tolerance.compareTo(BigDecimal.ONE) <= 0) {
        return Optional.of(tolerance);
      }
    } catch (NumberFormatException notANumber) {
      // Reported below, as any other text that is no tolerance.
    }
    fields
        .problems()
        .add(
            written.get().at(),
            "%s has the tolerance '%s'.".formatted(fields.what(), written.get()),
            "Write a number from 0 to 1: 0.02 is two percent.");
    return Optional.empty();
  }

  private record ReconciliationMetric(
      MetricHeader header, Name of, Name against, BigDecimal tolerance, Measure measure)
      implements MetricDeclaration {

    @Override
    public List<Name> inputs() {
      return List.of(of, against);
    }

    @Override
    public Optional<Unit> unit() {
      return switch (measure) {
        case DIFFERENCE -> Optional.of(header.unit().orElse(Unit.CURRENCY));
        case PERCENT -> Optional.of(header.unit().orElse(Unit.SCORE));
        case STATUS -> Optional.of(Unit.TEXT);
      };
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Reconciliation(
          header.info(unit().orElseThrow()), of.text(), against.text(), tolerance, measure);
    }
  }
}
