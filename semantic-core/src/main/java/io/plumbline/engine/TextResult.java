package io.plumbline.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that the engine answers by itself: lines of text, or an effect without a result. */
final class TextResult implements PreparedQuery {

  private final String sql;
  private final List<ResultColumn> columns;
  private final List<String> lines;
  private final QueryFacts facts;
  private final Runnable effect;

  private TextResult(
      String sql,
      List<ResultColumn> columns,
      List<String> lines,
      QueryFacts facts,
      Runnable effect) {
    this.sql = sql;
    this.columns = columns;
    this.lines = lines;
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
    ResultColumn text = new ResultColumn(column, ResultColumn.Type.VARCHAR, 0, 0, false, "", false);
    return new TextResult(sql, List.of(text), lines, facts, () -> {});
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
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (String line : lines) {
          if (maxRows == 0 || rows.size() < maxRows) {
            rows.add(List.of(line));
          }
        }
        return new ListRows(rows);
      }

      @Override
      public void cancel() {}
    };
  }
}
