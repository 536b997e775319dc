package io.plumbline.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement that can't be answered, in words for its author: what is wrong, where, and what to
 * do. Never holds a hidden name, a masked value or physical SQL.
 */
public final class QueryException extends RuntimeException {

  /** Place in the statement; line and column count from 1. */
  public record Place(int line, int column) {}

  private final SqlState state;
  private final String reason;
  private final transient Optional<Place> place;

  public QueryException(SqlState state, String message) {
    this(state, Optional.empty(), message, null);
  }

  public QueryException(SqlState state, Place place, String message) {
    this(state, Optional.of(place), message, null);
  }

  public QueryException(
      SqlState state, Optional<Place> place, String message, @Nullable Throwable cause) {
    super(
        state.code()
            + place.map(p -> " at " + p.line() + ":" + p.column()).orElse("")
            + ": "
            + message,
        cause);
    this.state = state;
    this.reason = message;
    this.place = place;
  }

  public SqlState state() {
    return state;
  }

  /** The message without SQLSTATE and place. */
  public String reason() {
    return reason;
  }

  public Optional<Place> place() {
    return place;
  }
}
