package io.plumbline.engine.plan;

import io.plumbline.engine.SqlState;
import java.util.List;

/**
 * A query that can't be answered, found in the plan, where places in the text are lost. The planner
 * looks up the place by the names and reports a {@link io.plumbline.engine.QueryException}.
 */
final class Refusal extends RuntimeException {

  private final SqlState state;
  private final transient List<String> names;

  /**
   * @param names what stands at the place: a column, or a function and a column in it
   */
  Refusal(SqlState state, String message, String... names) {
    super(message, null, false, false);
    this.state = state;
    this.names = List.of(names);
  }

  SqlState state() {
    return state;
  }

  List<String> names() {
    return names;
  }
}
