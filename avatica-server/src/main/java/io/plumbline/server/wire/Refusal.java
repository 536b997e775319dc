package io.plumbline.server.wire;

import org.apache.calcite.avatica.remote.Service.ErrorResponse;

/** A call that this layer refuses, in words for the client's user. */
final class Refusal extends RuntimeException {

  private final String sqlState;
  private final int errorCode;

  private Refusal(String sqlState, int errorCode, String message) {
    super(sqlState + ": " + message, null, false, false);
    this.sqlState = sqlState;
    this.errorCode = errorCode;
  }

  static Refusal of(String sqlState, String message) {
    return new Refusal(sqlState, ErrorResponse.UNKNOWN_ERROR_CODE, message);
  }

  /**
   * One answer for a connection that never was, is closed, or is somebody else's. Clients connect
   * again by themselves on this error code if told to.
   */
  static Refusal noConnection() {
    return new Refusal(
        "08003",
        ErrorResponse.MISSING_CONNECTION_ERROR_CODE,
        "the connection is not open: it was closed, had no call for too long, or the server was"
            + " restarted. Connect again, or set transparent_reconnection=true");
  }

  static Refusal readOnly() {
    return of("25006", "this server only reads: there are no updates and no batches");
  }

  String sqlState() {
    return sqlState;
  }

  int errorCode() {
    return errorCode;
  }
}
