package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Timeline;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows as the text that COPY reads, value by value in the order of the table's columns. */
public final class RowWriter {
  private static final int FLUSH_AT = 1 << 16;

  private final OutputStream out;
  private final LongConsumer onFlush;
  private final StringBuilder buffer = new StringBuilder(FLUSH_AT + 4_096);
  private boolean rowBegun;
  private long rows;

  public RowWriter(OutputStream out) {
    this(out, rows -> {});
  }

  /**
   * @param onFlush hears the number of rows so far, every few hundred of them
   */
  public RowWriter(OutputStream out, LongConsumer onFlush) {
    this.out = out;
    this.onFlush = onFlush;
  }

  /** Rows that have ended. */
  public long rows() {
    return rows;
  }

  public RowWriter text(@Nullable String value) {
    if (value == null) {
      return nothing();
    }
    separate();
    for (int i = 0; i < value.length(); i++) {
      escape(value.charAt(i));
    }
    return this;
  }

  public RowWriter nothing() {
    separate();
    buffer.append("\\N");
    return this;
  }

  public RowWriter number(long value) {
    separate();
    buffer.append(value);
    return this;
  }

  public RowWriter number(@Nullable BigDecimal value) {
    return value == null ? nothing() : raw(value.toPlainString());
  }

  /** Money in hundredths. */
  public RowWriter hundredths(long value) {
    separate();
    if (value < 0) {
      buffer.append('-');
    }
    long absolute = Math.abs(value);
    buffer
        .append(absolute / 100)
        .append('.')
        .append((char) ('0' + absolute / 10 % 10))
        .append((char) ('0' + absolute % 10));
    return this;
  }

  public RowWriter bool(boolean value) {
    return raw(value ? "t" : "f");
  }

  public RowWriter day(@Nullable LocalDate value) {
    if (value == null) {
      return nothing();
    }
    separate();
    appendDay(value);
    return this;
  }

  /** A timestamptz. */
  public RowWriter instant(long value) {
    separate();
    appendTime(value);
    buffer.append('Z');
    return this;
  }

  /** A timestamptz, or nothing if it is not before the end of history. */
  public RowWriter pastInstant(long value) {
    return value < Timeline.end() ? instant(value) : nothing();
  }

  /** A timestamp without time zone whose wall clock is UTC. */
  public RowWriter utc(long value) {
    separate();
    appendTime(value);
    return this;
  }

  public RowWriter wallClock(@Nullable LocalDateTime value) {
    return value == null ? nothing() : utc(value.toEpochSecond(ZoneOffset.UTC));
  }

  /** Ends the row. */
  public void end() {
    buffer.append('\n');
    rowBegun = false;
    rows++;
    if (buffer.length() >= FLUSH_AT) {
      flush();
    }
  }

  public void flush() {
    try {
      out.write(buffer.toString().getBytes(StandardCharsets.UTF_8));
      buffer.setLength(0);
      onFlush.accept(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RowWriter raw(String value) {
    separate();
    buffer.append(value);
    return this;
  }

  private void separate() {
    if (rowBegun) {
      buffer.append('\t');
    }
    rowBegun = true;
  }

  private void escape(char c) {
    switch (c) {
      case '\\' -> buffer.append("\\\\");
      case '\t' -> buffer.append("\\t");
      case '\n' -> buffer.append("\\n");
      case '\r' -> buffer.append("\\r");
      default -> buffer.append(c);
    }
  }

  private void appendTime(long instant) {
    appendDay(Timeline.day(instant));
    long second = Math.floorMod(instant, Timeline.DAY);
    buffer.append(' ');
    appendTwo(second / 3_600);
    buffer.append(':');
    appendTwo(second / 60 % 60);
    buffer.append(':');
    appendTwo(second % 60);
  }

  private void appendDay(LocalDate day) {
    buffer.append(day.getYear()).append('-');
    appendTwo(day.getMonthValue());
    buffer.append('-');
    appendTwo(day.getDayOfMonth());
  }

  private void appendTwo(long value) {
    buffer.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}
