package io.plumbline.definitions.reader;

import java.util.List;
import java.util.Optional;

/** Reads an item of {@code metrics}. */
final class MetricReader {

  static final List<MetricKind> KINDS =
      List.of(
          new SimpleKind(),
          new RatioKind(),
          new DerivedKind(),
          new SnapshotKind(),
          new MovementKind(),
          new RetentionKind(),
          new DurationKind(),
          new CumulativeKind(),
          new CohortKind(),
          new ConversionKind(),
          new FunnelKind(),
          new BandsKind(),
          new ReconciliationKind());

  private final Problems problems;

  MetricReader(Problems problems) {
    this.problems = problems;
  }

  Optional<MetricDeclaration> read(Fields fields) {
    Optional<MetricHeader> header = MetricHeader.read(fields);
    Optional<MetricKind> kind = kind(fields);
    if (kind.isEmpty()) {
      // The other keys depend on the kind: nothing can be said about them.
      return Optional.empty();
    }
    Optional<MetricDeclaration> draft =
        header.isPresent() ? kind.get().read(fields, header.get()) : Optional.empty();
    if (header.isPresent()) {
      fields.rejectUnknownKeys();
    }
    return draft;
  }

  private Optional<MetricKind> kind(Fields fields) {
    List<String> words = KINDS.stream().map(MetricKind::word).toList();
    Optional<Name> type = fields.name("type");
    fields.required("type", type, "Say its kind, one of: " + String.join(", ", words) + ".");
    Optional<MetricKind> kind =
        type.flatMap(t -> KINDS.stream().filter(k -> k.word().equals(t.text())).findFirst());
    if (type.isPresent() && kind.isEmpty()) {
      problems.add(
          type.get().at(),
          "%s has the unsupported type '%s'.".formatted(fields.what(), type.get()),
          Suggestion.insteadOf(type.get().text(), words));
    }
    return kind;
  }
}
