package io.plumbline.demo.cloudflow.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/** The rows of truth.injected_dirt, gathered while the tables are written. */
public final class DirtLog {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final RowWriter rows = new RowWriter(bytes);
  private final Map<DirtKind, Integer> counts = new EnumMap<>(DirtKind.class);

  /** Logs a row that is wrong; the detail is a JSON object. */
  void log(DirtKind kind, String table, String key, String detail) {
    rows.number(rows.rows() + 1).text(kind.label()).text(table).text(key).text(detail).end();
    counts.merge(kind, 1, Integer::sum);
  }

  void log(DirtKind kind, String table, String key) {
    log(kind, table, key, "{}");
  }

  void log(DirtKind kind, String table, long key) {
    log(kind, table, Long.toString(key));
  }

  /** How many rows of a kind were logged so far. */
  public int count(DirtKind kind) {
    return counts.getOrDefault(kind, 0);
  }

  long size() {
    return rows.rows();
  }

  /** Writes the log as COPY reads it. */
  public void copyTo(OutputStream out) {
    rows.flush();
    try {
      bytes.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
