package io.plumbline.definitions.reader;

/** A metric that is made of others names metrics that exist. */
final class MetricInputsAreKnown implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      for (Name input : metric.inputs()) {
        if (draft.metric(input.text()).isEmpty() && !draft.isUnread(input.text())) {
          problems.add(
              input.at(),
              "Metric '%s' refers to the unknown metric '%s'.".formatted(metric.name(), input),
              Suggestion.insteadOf(input.text(), draft.metricNames()));
        }
      }
    }
  }
}
