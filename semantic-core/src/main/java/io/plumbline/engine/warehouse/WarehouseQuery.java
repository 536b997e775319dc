package io.plumbline.engine.warehouse;

import com.zaxxer.hikari.HikariDataSource;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.Rows;
import io.plumbline.engine.RunningQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One execution of a statement.
 *
 * <p>Canceling is free of races by three rules: the flag is set before the warehouse is told; the
 * warehouse is told again until the blocked call has returned, since a signal that arrives between
 * two calls is lost; and a connection that was told is never used again, since a late signal would
 * hit the next statement.
 */
final class WarehouseQuery implements RunningQuery {

  private static final int FETCH_SIZE = 4000;
  private static final long RETRY_MILLIS = 20;

  private final HikariDataSource pool;
  private final WarehouseStatement statement;
  private final List<ResultColumn> columns;

  private final Object lock = new Object();
  private boolean started;
  private boolean canceled;
  private boolean busy;
  private boolean signaled;
  private @Nullable Connection connection;

  WarehouseQuery(HikariDataSource pool, WarehouseStatement statement, List<ResultColumn> columns) {
    this.pool = pool;
    this.statement = statement;
    this.columns = columns;
  }

  @Override
  public Rows start(List<? extends @Nullable Object> parameters, long maxRows) {
    synchronized (lock) {
      if (started) {
        throw new IllegalStateException("this execution was started before");
      }
      started = true;
    }
    try {
      return openOnLiveConnection(parameters, maxRows);
    } catch (SQLException e) {
      release();
      throw problem(e);
    } catch (RuntimeException e) {
      release();
      throw e;
    }
  }

  /**
   * The pool does not look at a connection that was used a moment ago, and a restart of the
   * warehouse ends all of them at once: then the query, which only reads, is asked again on a new
   * one.
   */
  private Rows openOnLiveConnection(List<? extends @Nullable Object> parameters, long maxRows)
      throws SQLException {
    try {
      return open(parameters, maxRows);
    } catch (SQLException e) {
      if (!WarehouseProblems.connectionWasLost(e)) {
        throw e;
      }
      release();
      pool.getHikariPoolMXBean().softEvictConnections();
      return open(parameters, maxRows);
    }
  }

  private Rows open(List<? extends @Nullable Object> parameters, long maxRows) throws SQLException {
    failIfCanceled();
    Connection opened = pool.getConnection();
    synchronized (lock) {
      connection = opened;
    }
    failIfCanceled();
    PreparedStatement prepared = opened.prepareStatement(statement.sql());
    prepared.setFetchSize(FETCH_SIZE);
    prepared.setMaxRows((int) Math.min(maxRows, Integer.MAX_VALUE));
    int position = 1;
    for (int index : statement.parameters()) {
      bind(prepared, position++, parameters.get(index));
    }
    ResultSet rows = blocking(prepared::executeQuery);
    return new WarehouseRows(this, rows, columns);
  }

  static void bind(PreparedStatement prepared, int position, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      prepared.setNull(position, Types.NULL);
    } else if (value instanceof Instant instant) {
      prepared.setObject(position, instant.atOffset(ZoneOffset.UTC));
    } else {
      prepared.setObject(position, value);
    }
  }

  /** A call that waits for the warehouse. */
  interface Call<T> {
    T run() throws SQLException;
  }

  <T> T blocking(Call<T> call) throws SQLException {
    synchronized (lock) {
      failIfCanceled();
      busy = true;
    }
    try {
      return call.run();
    } finally {
      synchronized (lock) {
        busy = false;
        lock.notifyAll();
      }
    }
  }

  @Override
  public void cancel() {
    synchronized (lock) {
      canceled = true;
      while (busy && connection != null) {
        signal(connection);
        try {
          lock.wait(RETRY_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void signal(Connection target) {
    signaled = true;
    try {
      target.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException unreachable) {
      // Then the blocked call fails by itself.
    }
  }

  void failIfCanceled() {
    synchronized (lock) {
      if (canceled) {
        throw WarehouseProblems.canceled();
      }
    }
  }

  QueryException problem(SQLException e) {
    synchronized (lock) {
      return canceled ? WarehouseProblems.canceled() : WarehouseProblems.of(e);
    }
  }

  /** Gives back the connection. Ends the transaction, and with it the cursor. */
  void release() {
    Connection released;
    boolean unusable;
    synchronized (lock) {
      released = connection;
      connection = null;
      unusable = signaled;
    }
    if (released == null) {
      return;
    }
    if (unusable) {
      pool.evictConnection(released);
    }
    try {
      released.close();
    } catch (SQLException broken) {
      // The pool has dropped it.
    }
  }
}
