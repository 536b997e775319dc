package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric.Aggregation;
import io.plumbline.definitions.MetricInfo;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys that metrics of every kind have.
 *
 * @param replaces what it takes the place of, if anything
 */
record MetricHeader(
    Name name,
    String label,
    String description,
    String owner,
    Optional<Unit> unit,
    Optional<Format> format,
    List<String> synonyms,
    Optional<Replaced> replaces) {

  /** How a tool should show the values. */
  enum Format {
    NUMBER,
    CURRENCY,
    PERCENT,
    TEXT
  }

  /** What a metric may take the place of: the canonical one of its name. */
  enum Replaced {
    CANONICAL
  }

  static Optional<MetricHeader> read(Fields fields) {
    Optional<Name> name = fields.ownName();
    Optional<String> label = fields.text("label");
    String description = fields.text("description").orElse("");
    String owner = fields.text("owner").orElse("");
    Optional<Unit> unit = fields.word("unit", Unit.class);
    Optional<Format> format = fields.word("format", Format.class);
    List<String> synonyms = fields.names("synonyms").stream().map(Name::text).toList();
    Optional<Replaced> replaces = fields.word("replaces", Replaced.class);
    return name.map(
        n ->
            new MetricHeader(
                n,
                label.orElse(Label.of(n.text())),
                description,
                owner,
                unit,
                format,
                synonyms,
                replaces));
  }

  /** The declared unit; without one, a count of anything is a count. */
  Optional<Unit> unitOf(Aggregation aggregation) {
    boolean counts = aggregation == Aggregation.COUNT || aggregation == Aggregation.COUNT_DISTINCT;
    return unit.or(() -> counts ? Optional.of(Unit.COUNT) : Optional.empty());
  }

  MetricInfo info(Unit unit) {
    Format shown = format.orElse(usualFormat(unit));
    return new MetricInfo(
        name.text(),
        label,
        description,
        owner,
        unit,
        shown.name().toLowerCase(Locale.ROOT),
        synonyms,
        name.at());
  }

  private static Format usualFormat(Unit unit) {
    return switch (unit) {
      case CURRENCY -> Format.CURRENCY;
      case TEXT -> Format.TEXT;
      case RATIO -> Format.PERCENT;
      case COUNT, SCORE -> Format.NUMBER;
    };
  }
}
