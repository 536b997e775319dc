package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Conversion.Cohort;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code type: conversion}: which part of what began, or ended, was converted. A cohort of ends
 * needs {@code end}, any other {@code start}.
 */
final class ConversionKind implements MetricKind {

  @Override
  public String word() {
    return "conversion";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Name> dataset = fields.dataset();
    Optional<Name> converted =
        fields.required(
            "converted", fields.name("converted"), "Name the column that dates the conversion.");
    Optional<Cohort> cohort =
        fields.required(
            "cohort", fields.word("cohort", Cohort.class), "Say of which rows: start or end.");
    Optional<Name> start = fields.name("start");
    Optional<Name> end = fields.name("end");
    cohort.ifPresent(c -> requireBound(fields, c, c == Cohort.END ? end : start));
    return dataset.flatMap(
        d ->
            converted.flatMap(
                c -> cohort.map(of -> new ConversionMetric(header, d, start, end, c, of))));
  }

  private static void requireBound(Fields fields, Cohort cohort, Optional<Name> bound) {
    String key = cohort == Cohort.END ? "end" : "start";
    fields.required(key, bound, "Name the column that dates the %s of a row.".formatted(key));
  }

  private record ConversionMetric(
      MetricHeader header,
      Name datasetName,
      Optional<Name> start,
      Optional<Name> end,
      Name converted,
      Cohort cohort)
      implements DatedMetric {

    @Override
    public List<Name> times() {
      Optional<Name> bound = cohort == Cohort.END ? end : start;
      return Stream.concat(bound.stream(), Stream.of(converted)).toList();
    }

    @Override
    public Optional<Unit> unit() {
      return Optional.of(header.unit().orElse(Unit.RATIO));
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Conversion(
          header.info(unit().orElseThrow()),
          datasetName.text(),
          start.map(Name::text),
          end.map(Name::text),
          converted.text(),
          cohort);
    }
  }
}
