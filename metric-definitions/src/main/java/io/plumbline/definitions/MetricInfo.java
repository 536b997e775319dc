package io.plumbline.definitions;

import java.util.List;

/**
 * What people read about a metric.
 *
 * @param format a display hint: {@code number, currency, percent, text}
 */
public record MetricInfo(
    String name,
    String label,
    String description,
    String owner,
    Unit unit,
    String format,
    List<String> synonyms,
    Position at) {

  public MetricInfo {
    synonyms = List.copyOf(synonyms);
  }
}
