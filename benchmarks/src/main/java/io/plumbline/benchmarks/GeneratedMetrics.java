package io.plumbline.benchmarks;

import io.plumbline.definitions.DefinitionFile;

/** Metrics as a company with many of them has: of every kind, most made of others. */
public final class GeneratedMetrics {

  /** Two tables of the golden company, and the metrics over them. */
  private static final String COMPANY =
      """
      version: 1
      datasets:
        - name: accounts
          description: The customers.
          source: golden.accounts
          zone: stored
          primary_key: [account_id]
          entity: {name: account, column: account_id}
          time: created_at
          columns:
            account_id: {expr: account_id, type: text}
            created_at: {expr: created_at_utc, type: timestamptz}
            segment: {expr: segment, type: text, nullable: true}
          dimensions:
            - {name: account_id, label: Account, description: Key of the account.}
            - {name: segment, label: Segment, description: Market segment.}
        - name: subscription_intervals
          description: What subscriptions were worth.
          source: golden.subscription_intervals
          zone: stored
          primary_key: [interval_id, valid_from, recorded_from]
          entity: {name: account, column: account_id}
          validity: {from: valid_from, to: valid_to}
          columns:
            interval_id: {expr: interval_id, type: text}
            account_id: {expr: account_id, type: text}
            mrr: {expr: quantity * unit_amount_cents / 100.0, type: decimal}
            valid_from: {expr: valid_from_utc, type: timestamptz}
            valid_to: {expr: valid_to_utc, type: timestamptz, nullable: true}
            recorded_from: {expr: recorded_from_utc, type: timestamptz}
          joins:
            - {to: accounts, on: account_id}
      tables:
        - name: company
          description: Every metric.
          metrics: all
          dimensions: [accounts.*]
          time: metric_time
          entity: account
      metrics:
        - name: paying_customers
          label: Paying customers
          description: Accounts with recurring revenue.
          type: snapshot
          of: subscription_intervals.mrr
          count: entity
      """;

  private GeneratedMetrics() {}

  /** Definitions of {@code generated_0}, {@code generated_1} and so on. */
  static DefinitionFile file(int metrics) {
    return file(new StringBuilder("version: 1\nmetrics:\n"), metrics);
  }

  /** The definitions of a company that has so many metrics and nothing else. */
  public static DefinitionFile company(int metrics) {
    return file(new StringBuilder(COMPANY), metrics - 1);
  }

  private static DefinitionFile file(StringBuilder text, int metrics) {
    for (int i = 0; i < metrics; i++) {
      text.append("  - name: generated_").append(i).append('\n');
      text.append("    label: Generated ").append(i).append('\n');
      text.append("    description: Made for a benchmark, number ").append(i).append(".\n");
      text.append(kind(i)).append('\n');
    }
    return new DefinitionFile("generated.yaml", text.toString());
  }

  private static String kind(int i) {
    return switch (i % 4) {
      case 0 ->
          """
              type: snapshot
              of: subscription_intervals.mrr
              unit: currency
          """;
      case 1 ->
          """
              type: derived
              expr: generated_%d * %d
              unit: currency
          """
              .formatted(i - 1, i + 1);
      case 2 ->
          """
              type: ratio
              numerator: generated_%d
              denominator: paying_customers
              unit: currency
          """
              .formatted(i - 2);
      default ->
          """
              type: simple
              dataset: accounts
              agg: count
          """;
    };
  }
}
