package io.plumbline.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that the engine answers by itself: rows of text, or an effect without a result. */
final class TextResult implements PreparedQuery {

  private final String sql;
  private final List<ResultColumn> columns;
  private final List<List<@Nullable String>> rows;
  private final QueryFacts facts;
  private final Runnable effect;

  private TextResult(
      String sql,
      List<ResultColumn> columns,
      List<List<@Nullable String>> rows,
      QueryFacts facts,
      Runnable effect) {
    this.sql = sql;
    this.columns = columns;
    this.rows = rows;
    this.facts = facts;
    this.effect = effect;
  }

  static TextResult of(String sql, String column, List<String> lines) {
    return of(sql, column, lines, QueryFacts.NONE);
  }

  /**
   * Lines that speak of a query.
   *
   * @param facts what the query would touch
   */
  static TextResult of(String sql, String column, List<String> lines, QueryFacts facts) {
    List<List<@Nullable String>> rows = lines.stream().map(TextResult::row).toList();
    return new TextResult(sql, List.of(text(column, false)), rows, facts, () -> {});
  }

  /** Rows of several columns, whose values may be null. */
  static TextResult table(String sql, List<String> columns, List<List<@Nullable String>> rows) {
    List<ResultColumn> texts = columns.stream().map(column -> text(column, true)).toList();
    return new TextResult(sql, texts, rows, QueryFacts.NONE, () -> {});
  }

  private static List<@Nullable String> row(String line) {
    return List.of(line);
  }

  private static ResultColumn text(String name, boolean nullable) {
    return new ResultColumn(name, ResultColumn.Type.VARCHAR, 0, 0, nullable, "", false);
  }

  static TextResult effect(String sql, Runnable effect) {
    return new TextResult(sql, List.of(), List.of(), QueryFacts.NONE, effect);
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public RunningQuery execution() {
    return new RunningQuery() {
      @Override
      public QueryFacts facts(List<? extends @Nullable Object> parameters) {
        return facts;
      }

      @Override
      public Rows start(List<? extends @Nullable Object> parameters, long maxRows) {
        effect.run();
        return new ListRows(maxRows == 0 ? rows : rows.stream().limit(maxRows).toList());
      }

      @Override
      public void cancel() {}
    };
  }
}
