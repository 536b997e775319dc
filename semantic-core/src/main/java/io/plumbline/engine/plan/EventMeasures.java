package io.plumbline.engine.plan;

import io.plumbline.definitions.Column;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Unit;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.CompiledModel.SimpleExpressions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** What of the rows that happen a metric is made of. */
final class EventMeasures {

  private final PlanBuilder plan;
  private final CompiledModel model;

  EventMeasures(PlanBuilder plan, CompiledModel model) {
    this.plan = plan;
    this.model = model;
  }

  /** What a metric is made of, by the rows that it reads; nothing for other kinds. */
  Map<EventSource, List<EventMeasure>> of(Metric metric, SessionSettings settings) {
    if (metric instanceof Metric.Simple simple) {
      return simple(simple);
    }
    if (metric instanceof Metric.Conversion conversion) {
      return conversion(conversion, settings);
    }
    return metric instanceof Metric.Funnel funnel ? funnel(funnel, settings) : Map.of();
  }

  /** The dataset of the rows behind a metric, if it is made of rows that happen. */
  Optional<String> datasetOf(Metric metric) {
    if (metric instanceof Metric.Simple simple) {
      return Optional.of(simple.dataset());
    }
    if (metric instanceof Metric.Conversion conversion) {
      return Optional.of(conversion.dataset());
    }
    return metric instanceof Metric.Funnel funnel
        ? Optional.of(funnel.dataset())
        : Optional.empty();
  }

  /** A simple metric under its own name. */
  private Map<EventSource, List<EventMeasure>> simple(Metric.Simple metric) {
    CompiledDataset dataset = model.dataset(metric.dataset());
    SimpleExpressions expressions = Objects.requireNonNull(model.simple().get(metric.name()));
    return Map.of(
        new EventSource(metric.dataset(), timeOf(metric, dataset)),
        List.of(
            new EventMeasure(
                metric.name(),
                metric.aggregation(),
                expressions.value(),
                expressions.filter().stream().toList(),
                isMoney(metric))));
  }

  /** Whether the values are money in the currencies of their rows. */
  boolean isMoney(Metric metric) {
    return metric instanceof Metric.Simple simple && isMoney(metric, simple.dataset())
        || metric instanceof Metric.Cumulative cumulative && isMoney(metric, cumulative.dataset());
  }

  private boolean isMoney(Metric metric, String dataset) {
    return metric.info().unit() == Unit.CURRENCY
        && model.dataset(dataset).definition().currency().isPresent();
  }

  /** A cumulative metric under its own name, before its windows are looked at. */
  EventMeasure cumulative(Metric.Cumulative metric) {
    SimpleExpressions expressions = Objects.requireNonNull(model.simple().get(metric.name()));
    return new EventMeasure(
        metric.name(),
        metric.aggregation(),
        expressions.value(),
        expressions.filter().stream().toList(),
        isMoney(metric));
  }

  /** The column that dates the rows of a simple metric. */
  static String timeOf(Metric.Simple metric, CompiledDataset dataset) {
    return metric.time().or(() -> dataset.definition().time()).orElseThrow();
  }

  /** Rows that have reached a step by as_of, under the metric's name. */
  private Map<EventSource, List<EventMeasure>> funnel(
      Metric.Funnel metric, SessionSettings settings) {
    CompiledDataset dataset = model.dataset(metric.dataset());
    return Map.of(
        new EventSource(metric.dataset(), metric.start()),
        List.of(count(metric.name(), happened(dataset, metric.step(), settings))));
  }

  /** The two counts whose ratio a conversion is. */
  private Map<EventSource, List<EventMeasure>> conversion(
      Metric.Conversion metric, SessionSettings settings) {
    CompiledDataset dataset = model.dataset(metric.dataset());
    EventMeasure all = count(denominator(metric));
    return switch (metric.cohort()) {
      case START ->
          Map.of(
              new EventSource(metric.dataset(), metric.start().orElseThrow()),
              List.of(
                  all, count(numerator(metric), happened(dataset, metric.converted(), settings))));
      case END -> {
        String end = metric.end().orElseThrow();
        RexNode endedConverted =
            plan.call(
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                column(dataset, metric.converted()),
                column(dataset, end));
        yield Map.of(
            new EventSource(metric.dataset(), end),
            List.of(all, count(numerator(metric), endedConverted)));
      }
      case SAME_WINDOW ->
          Map.of(
              new EventSource(metric.dataset(), metric.start().orElseThrow()),
              List.of(all),
              new EventSource(metric.dataset(), metric.converted()),
              List.of(count(numerator(metric))));
    };
  }

  static String numerator(Metric.Conversion metric) {
    return metric.name() + ".converted";
  }

  static String denominator(Metric.Conversion metric) {
    return metric.name() + ".all";
  }

  private static EventMeasure count(String field, RexNode... conditions) {
    return new EventMeasure(
        field, Metric.Aggregation.COUNT, Optional.empty(), List.of(conditions), false);
  }

  /** Whether a step lies in the past as of the session's day. */
  private RexNode happened(CompiledDataset dataset, String step, SessionSettings settings) {
    RexNode time = column(dataset, step);
    LocalDate end = settings.asOf().plusDays(1);
    RexNode bound =
        time.getType().getSqlTypeName() == SqlTypeName.DATE
            ? plan.date(end)
            : plan.instant(end.atStartOfDay(settings.timeZone()).toInstant());
    return plan.call(SqlStdOperatorTable.LESS_THAN, time, bound);
  }

  private RexNode column(CompiledDataset dataset, String name) {
    List<String> names = dataset.definition().columns().stream().map(Column::name).toList();
    return plan.rexBuilder().makeInputRef(dataset.typeOf(name), names.indexOf(name));
  }
}
