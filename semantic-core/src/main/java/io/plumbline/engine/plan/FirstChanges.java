package io.plumbline.engine.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.definitions.Metric;
import io.plumbline.engine.Principal;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Where the range of a query without a lower bound begins: the first change in the data behind its
 * metrics, that this principal can see. Remembered for a minute.
 */
final class FirstChanges {

  private record Key(
      Principal principal, Set<Source> sources, ZoneId zone, Optional<Instant> knownAt) {}

  /** Rows that change something: a dataset, its time, and the amount that must be positive. */
  private record Source(String dataset, String time, Optional<String> amount) {}

  private final Cache<Key, Optional<LocalDate>> days =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).maximumSize(1000).build();

  private final CompiledModel model;

  FirstChanges(CompiledModel model) {
    this.model = model;
  }

  /**
   * The day of the first change behind some metrics of a table; behind all of them if none is
   * named.
   *
   * @param reader asks the warehouse, if the day is not remembered
   */
  Optional<LocalDate> of(
      SemanticCatalogTable table,
      Set<String> metrics,
      Principal principal,
      SessionSettings settings,
      Supplier<Reader> reader) {
    Set<Source> sources = new LinkedHashSet<>();
    Set<String> asked = metrics.isEmpty() ? new LinkedHashSet<>(table.metricNames()) : metrics;
    asked.forEach(metric -> collect(metric, sources));
    Key key = new Key(principal, Set.copyOf(sources), settings.timeZone(), settings.knownAt());
    return days.get(
        key,
        k ->
            reader.get().days(table, List.copyOf(sources), model, settings).stream()
                .min(LocalDate::compareTo));
  }

  private void collect(String name, Set<Source> sources) {
    Metric metric = model.definition().metric(name).orElseThrow();
    if (metric instanceof Metric.Ratio ratio) {
      collect(ratio.numerator(), sources);
      collect(ratio.denominator(), sources);
    } else if (metric instanceof Metric.Reconciliation reconciliation) {
      collect(reconciliation.of(), sources);
      collect(reconciliation.against(), sources);
    } else if (metric instanceof Metric.Derived || metric instanceof Metric.Bands) {
      Objects.requireNonNull(model.derived().get(name))
          .inputs()
          .forEach(input -> collect(input.metric(), sources));
    } else if (metric instanceof Metric.OfState ofState) {
      Metric.Snapshot snapshot = ofState.state();
      String from = model.dataset(snapshot.dataset()).definition().validity().orElseThrow().from();
      boolean summed = !StateSource.of(snapshot, model).rows();
      sources.add(
          new Source(
              snapshot.dataset(),
              from,
              summed ? Optional.of(snapshot.column()) : Optional.empty()));
    } else if (metric instanceof Metric.Simple simple) {
      String time = EventMeasures.timeOf(simple, model.dataset(simple.dataset()));
      sources.add(new Source(simple.dataset(), time, Optional.empty()));
    } else if (metric instanceof Metric.Cumulative cumulative) {
      String time = model.dataset(cumulative.dataset()).definition().time().orElseThrow();
      sources.add(new Source(cumulative.dataset(), time, Optional.empty()));
    } else if (metric instanceof Metric.Cohort cohort) {
      collect(cohort.state().name(), sources);
      CohortMembers.signups(cohort, model)
          .ifPresent(s -> sources.add(new Source(s.dataset(), s.time(), Optional.empty())));
    } else if (metric instanceof Metric.Funnel funnel) {
      sources.add(new Source(funnel.dataset(), funnel.start(), Optional.empty()));
    } else if (metric instanceof Metric.Conversion conversion) {
      conversion
          .start()
          .or(conversion::end)
          .ifPresent(t -> sources.add(new Source(conversion.dataset(), t, Optional.empty())));
    }
  }

  /** Asks the warehouse. */
  static final class Reader {
    private final PlanBuilder plan;
    private final DatasetRows datasets;
    private final Function<RelNode, List<List<@Nullable Object>>> run;

    /**
     * @param run governs a plan and returns its rows
     */
    Reader(
        PlanBuilder plan,
        DatasetRows datasets,
        Function<RelNode, List<List<@Nullable Object>>> run) {
      this.plan = plan;
      this.datasets = datasets;
      this.run = run;
    }

    private List<LocalDate> days(
        SemanticCatalogTable table,
        List<Source> sources,
        CompiledModel model,
        SessionSettings settings) {
      List<LocalDate> days = new ArrayList<>();
      for (Source source : sources) {
        for (List<@Nullable Object> row : run.apply(earliest(table, source, model, settings))) {
          day(row.get(0), model.dataset(source.dataset()), source, settings).ifPresent(days::add);
        }
      }
      return days;
    }

    private RelNode earliest(
        SemanticCatalogTable table, Source source, CompiledModel model, SessionSettings settings) {
      Spine none = new Spine(Optional.empty(), settings.calendar(), settings.timeZone(), List.of());
      EvaluationContext context =
          new EvaluationContext(BaseRow.of(table), none, List.of(), List.of(), settings);
      List<String> own = new ArrayList<>(List.of(source.time()));
      source.amount().ifPresent(own::add);
      new DimensionedRows(plan, datasets, model)
          .push(model.dataset(source.dataset()), own, new RowTime.At(source.time()), context);
      source.amount().ifPresent(amount -> plan.filter(plan.isPositive(plan.field(amount))));
      plan.relBuilder()
          .aggregate(
              plan.relBuilder().groupKey(),
              plan.relBuilder()
                  .aggregateCall(SqlStdOperatorTable.MIN, plan.field(source.time()))
                  .as("first"));
      return plan.build();
    }

    private static Optional<LocalDate> day(
        @Nullable Object value, CompiledDataset dataset, Source source, SessionSettings settings) {
      if (value == null) {
        return Optional.empty();
      }
      if (value instanceof LocalDate day) {
        return Optional.of(day);
      }
      LocalDateTime time = (LocalDateTime) value;
      boolean instant =
          dataset.typeOf(source.time()).getSqlTypeName()
              == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
      return Optional.of(
          instant
              ? time.toInstant(ZoneOffset.UTC).atZone(settings.timeZone()).toLocalDate()
              : time.toLocalDate());
    }
  }
}
