package io.plumbline.engine;

import java.util.List;

/**
 * A statement that was planned for one session and can be run many times. Safe for several threads.
 */
public interface PreparedQuery {

  String sql();

  /** The columns of its result; empty for a statement without one, such as {@code set}. */
  List<ResultColumn> columns();

  List<Parameter> parameters();

  /** The templates that it calls, by name. */
  default List<String> templates() {
    return List.of();
  }

  /** A new execution of this statement. */
  RunningQuery execution();
}
