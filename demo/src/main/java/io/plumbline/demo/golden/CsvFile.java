package io.plumbline.demo.golden;

import io.plumbline.demo.DemoException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of comma-separated values (RFC 4180) with a header.
 *
 * @param rows the cells, the empty ones as empty text
 */
record CsvFile(String name, List<String> header, List<Row> rows) {

  /** The cells of one row and the line it starts at. */
  record Row(int line, List<String> cells) {}

  static CsvFile parse(String name, String text) {
    List<Row> rows = new Parser(name, text).rows();
    if (rows.isEmpty()) {
      throw new DemoException(name + " is empty. Its first line must name the columns.");
    }
    List<String> header = rows.get(0).cells();
    for (Row row : rows) {
      if (row.cells().size() != header.size()) {
        throw new DemoException(
            name
                + ":"
                + row.line()
                + ": "
                + row.cells().size()
                + " values, but the header has "
                + header.size()
                + " columns.");
      }
    }
    return new CsvFile(name, header, rows.subList(1, rows.size()));
  }

  private static final class Parser {
    private final String name;
    private final String text;
    private int at;
    private int line = 1;

    Parser(String name, String text) {
      this.name = name;
      this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      while (at < text.length()) {
        int start = line;
        List<String> cells = row();
        if (cells.size() > 1 || !cells.get(0).isEmpty()) {
          rows.add(new Row(start, List.copyOf(cells)));
        }
      }
      return rows;
    }

    private List<String> row() {
      List<String> cells = new ArrayList<>();
      cells.add(cell());
      while (at < text.length() && text.charAt(at) == ',') {
        at++;
        cells.add(cell());
      }
      endOfLine();
      return cells;
    }

    private String cell() {
      return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
      int start = at;
      while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private String quoted() {
      StringBuilder cell = new StringBuilder();
      int start = line;
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"' && !text.startsWith("\"\"", at)) {
          at++;
          return cell.toString();
        }
        if (c == '"') {
          at++;
        }
        if (c == '\n') {
          line++;
        }
        cell.append(c);
      }
      throw new DemoException(name + ":" + start + ": a quote is never closed.");
    }

    private void endOfLine() {
      if (at < text.length() && text.charAt(at) == '\r') {
        at++;
      }
      if (at < text.length() && text.charAt(at) != '\n') {
        throw new DemoException(name + ":" + line + ": text after a closing quote.");
      }
      at++;
      line++;
    }
  }
}
