package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Cohort.Begin;
import io.plumbline.definitions.Metric.Cohort.Measure;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code type: cohort}: what became of the entities that began in the same month. */
final class CohortKind implements MetricKind {

  @Override
  public String word() {
    return "cohort";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Name> of =
        fields.required("of", fields.name("of"), "Name the snapshot whose state is followed.");
    Optional<Begin> begin =
        fields.required(
            "cohort", fields.word("cohort", Begin.class), "Say by what: first_positive or signup.");
    Optional<Measure> measure =
        fields.required(
            "measure", fields.word("measure", Measure.class), "Say what of it: retention, size.");
    return of.flatMap(o -> begin.flatMap(b -> measure.map(m -> new CohortMetric(header, o, b, m))));
  }

  record CohortMetric(MetricHeader header, Name of, Begin begin, Measure measure)
      implements MetricDeclaration {

    @Override
    public List<Name> inputs() {
      return List.of(of);
    }

    @Override
    public Optional<Unit> unit() {
      return header
          .unit()
          .or(
              () ->
                  switch (measure) {
                    case SIZE, ENTITIES -> Optional.of(Unit.COUNT);
                    case RETENTION, AMOUNT_RETENTION -> Optional.of(Unit.RATIO);
                    case AMOUNT -> Optional.empty();
                  });
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Cohort(
          header.info(unit().orElseThrow()),
          (Metric.Snapshot) built.get(of.text()),
          begin,
          measure);
    }
  }
}
