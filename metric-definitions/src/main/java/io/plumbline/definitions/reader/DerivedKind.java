package io.plumbline.definitions.reader;

import io.plumbline.definitions.Additivity;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.TimeShift;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code type: derived}: arithmetic over other metrics, which {@code inputs} may rename and read
 * earlier.
 */
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
    Map<String, Input> inputs = new LinkedHashMap<>();
    for (YamlNode.Mapping.Entry entry : fields.entries("inputs")) {
      input(fields, entry).ifPresent(input -> inputs.put(entry.key().text(), input));
    }
    return expression.map(e -> new DerivedMetric(header, e, SqlTokens.of(e), inputs));
  }

  private record Input(Name metric, Optional<TimeShift> at) {}

  private static Optional<Input> input(Fields fields, YamlNode.Mapping.Entry entry) {
    String what = "Input '%s' of %s".formatted(entry.key(), fields.what());
    Optional<Fields> own = Fields.of(what, entry.value(), fields.problems());
    if (own.isEmpty()) {
      return Optional.empty();
    }
    Optional<Name> metric =
        own.get().required("metric", own.get().name("metric"), "Name the metric: `metric: mrr`.");
    Optional<TimeShift> at = shift(own.get());
    own.get().rejectUnknownKeys();
    return metric.map(m -> new Input(m, at));
  }

  private static Optional<TimeShift> shift(Fields fields) {
    Optional<Name> written = fields.name("at");
    Optional<TimeShift> shift = written.flatMap(text -> TimeShift.parse(text.text()));
    if (written.isPresent() && shift.isEmpty()) {
      fields
          .problems()
          .add(
              written.get().at(),
              "%s is at '%s', which is no other time.".formatted(fields.what(), written.get()),
              "Write `previous period`, `previous 3 periods` or `same period last year`.");
    }
    return shift;
  }

  /**
   * @param named inputs by the names that the expression gives them
   */
  private record DerivedMetric(
      MetricHeader header, Expression expression, SqlTokens tokens, Map<String, Input> named)
      implements MetricDeclaration {

    @Override
    public List<Name> inputs() {
      return tokens.columns().stream().map(use -> input(use.column())).toList();
    }

    private Name input(Name column) {
      Input input = named.get(column.text());
      return input == null ? column : input.metric();
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      Map<String, Metric.Derived.Input> inputs = new LinkedHashMap<>();
      named.forEach(
          (name, input) ->
              inputs.put(name, new Metric.Derived.Input(input.metric().text(), input.at())));
      return new Metric.Derived(
          header.info(unit().orElseThrow()), expression, inputs, additivity(built));
    }

    /** Sums go through a linear expression; anything else must be evaluated where it is asked. */
    private Additivity additivity(Map<String, Metric> built) {
      boolean shifted = named.values().stream().anyMatch(input -> input.at().isPresent());
      if (shifted || !Linearity.isLinear(tokens)) {
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
