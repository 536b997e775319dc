package io.plumbline.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that the engine answers by itself: lines of text, or an effect without a result. */
final class TextResult implements PreparedQuery {

  private final String sql;
  private final List<ResultColumn> columns;
  private final List<String> lines;
  private final Runnable effect;

  private TextResult(String sql, List<ResultColumn> columns, List<String> lines, Runnable effect) {
    this.sql = sql;
    this.columns = columns;
    this.lines = lines;
    this.effect = effect;
  }

  static TextResult of(String sql, String column, List<String> lines) {
    ResultColumn text = new ResultColumn(column, ResultColumn.Type.VARCHAR, 0, 0, false, "", false);
    return new TextResult(sql, List.of(text), lines, () -> {});
  }

  static TextResult effect(String sql, Runnable effect) {
    return new TextResult(sql, List.of(), List.of(), effect);
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
