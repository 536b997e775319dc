package io.plumbline.definitions.reader;

/** A view needs metrics that exist. */
final class ViewsNeedKnownMetrics implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (ViewDeclaration view : draft.views()) {
      for (Name metric : view.needs()) {
        if (draft.metric(metric.text()).isEmpty() && !draft.isUnread(metric.text())) {
          problems.add(
              metric.at(),
              "View '%s' needs the unknown metric '%s'.".formatted(view.name(), metric),
              Suggestion.insteadOf(metric.text(), draft.metricNames()));
        }
      }
    }
  }
}
