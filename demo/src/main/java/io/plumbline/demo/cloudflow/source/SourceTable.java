package io.plumbline.demo.cloudflow.source;

import java.util.function.Consumer;

/** A table of the company and its rows. */
public interface SourceTable {

  /** Schema and name. */
  String name();

  /** About how many rows it writes; for progress only. */
  long expectedRows();

  /** Writes all rows, the same ones every time. */
  void write(RowWriter rows);

  /** A table whose rows a function writes. */
  static SourceTable of(String name, long expectedRows, Consumer<RowWriter> rows) {
    return new SourceTable() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long expectedRows() {
        return expectedRows;
      }

      @Override
      public void write(RowWriter writer) {
        rows.accept(writer);
      }
    };
  }
}
