package io.plumbline.server.wire;

import java.time.Duration;

/**
 * What one server holds at most, and for how long.
 *
 * @param sqlCharacters characters of a statement
 * @param connections open connections of all clients
 * @param statementsPerConnection statements that a connection has not closed
 * @param runningStatements statements that run or have rows left in the warehouse
 * @param frameRows rows of a frame
 * @param firstFrameRows rows of a first frame, which should come soon
 * @param frameBytes bytes after which a frame ends
 * @param answerWithin how long a call waits for a result before it answers without one
 * @param pollingStops when a client that was told to ask again has not done so, its statement ends
 * @param clientLost when a client's socket is closed and no other call comes, its results end
 * @param resultIdle when a client does not ask for rows that are left in the warehouse, the result
 *     ends
 * @param connectionIdle when no call comes, the connection is closed
 */
public record WireLimits(
    int sqlCharacters,
    int connections,
    int statementsPerConnection,
    int runningStatements,
    int frameRows,
    int firstFrameRows,
    int frameBytes,
    Duration answerWithin,
    Duration pollingStops,
    Duration clientLost,
    Duration resultIdle,
    Duration connectionIdle) {

  public static WireLimits defaults() {
    return new WireLimits(
        1_000_000,
        10_000,
        1_000,
        200,
        5_000,
        500,
        1 << 20,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(25),
        Duration.ofMinutes(30));
  }

  /** The same with another time after which a connection without calls is closed. */
  public WireLimits withConnectionIdle(Duration idle) {
    return new WireLimits(
        sqlCharacters,
        connections,
        statementsPerConnection,
        runningStatements,
        frameRows,
        firstFrameRows,
        frameBytes,
        answerWithin,
        pollingStops,
        clientLost,
        resultIdle,
        idle);
  }
}
