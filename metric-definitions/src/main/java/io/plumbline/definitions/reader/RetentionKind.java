package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Retention.Kept;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code type: retention}: what is kept of those who had an amount at the start of a window, which
 * is the period or ends with it. {@code of} names a snapshot metric of an amount.
 */
final class RetentionKind implements MetricKind {

  private static final Pattern MONTHS = Pattern.compile("([1-9][0-9]{0,2}) months?");

  private enum Counted {
    ENTITY
  }

  @Override
  public String word() {
    return "retention";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Name> of =
        fields.required(
            "of", fields.name("of"), "Name the snapshot metric that is kept: `of: mrr`.");
    Optional<Kept> keep =
        fields.required(
            "keep", fields.word("keep", Kept.class), "Say what is kept, such as `keep: closing`.");
    boolean entities = fields.word("count", Counted.class).isPresent();
    Optional<Integer> months = fields.name("window").flatMap(w -> months(w, fields));
    return of.flatMap(o -> keep.map(k -> new RetentionMetric(header, o, k, entities, months)));
  }

  private static Optional<Integer> months(Name window, Fields fields) {
    Matcher months = MONTHS.matcher(window.text());
    if (months.matches()) {
      return Optional.of(Integer.valueOf(months.group(1)));
    }
    if (!window.text().equals("period")) {
      fields
          .problems()
          .add(
              window.at(),
              "%s has the unknown window '%s'.".formatted(fields.what(), window),
              "Write `window: period`, or a number of months such as `window: 12 months`.");
    }
    return Optional.empty();
  }

  record RetentionMetric(
      MetricHeader header, Name of, Kept keep, boolean entities, Optional<Integer> months)
      implements StateDeclaration {

    @Override
    public List<Name> inputs() {
      return List.of(of);
    }

    @Override
    public Optional<Unit> unit() {
      Optional<Unit> usual =
          keep != Kept.OPENING
              ? Optional.of(Unit.RATIO)
              : entities ? Optional.of(Unit.COUNT) : Optional.empty();
      return header.unit().or(() -> usual);
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Retention(
          header.info(unit().orElseThrow()),
          StateDeclaration.state(of, built),
          keep,
          entities,
          months);
    }
  }
}
