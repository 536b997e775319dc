package io.plumbline.server.wire;

import io.plumbline.engine.QueryException;
import io.plumbline.server.audit.AuditUnavailableException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told about a failure: a message and a SQLSTATE, never a stack trace. Of failures
 * that nobody foresaw it learns a number, under which the log has the rest.
 *
 * @param status of HTTP; the stock driver reads an error from 500 only
 */
record Failure(int status, int errorCode, String sqlState, String message) {

  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);
  private static final int INTERNAL_SERVER_ERROR = 500;
  private static final int UNAUTHORIZED = 401;
  private static final int BAD_REQUEST = 400;
  private static final String INTERNAL = "XX000";
  private static final String IO_ERROR = "58030";

  static Failure of(Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return error(refusal.errorCode(), refusal.sqlState(), refusal.getMessage());
    }
    if (cause instanceof QueryException query) {
      return error(ErrorResponse.UNKNOWN_ERROR_CODE, query.state().code(), query.getMessage());
    }
    if (cause instanceof Login.LoginFailed login) {
      return error(ErrorResponse.UNAUTHORIZED_ERROR_CODE, login.sqlState(), login.getMessage());
    }
    if (cause instanceof Login.Unauthenticated) {
      return new Failure(
          UNAUTHORIZED, ErrorResponse.UNAUTHORIZED_ERROR_CODE, "28000", cause.getMessage());
    }
    if (cause instanceof AuditUnavailableException) {
      return error(
          ErrorResponse.UNKNOWN_ERROR_CODE, IO_ERROR, IO_ERROR + ": " + cause.getMessage());
    }
    return unforeseen(cause);
  }

  static Failure notAvatica() {
    return new Failure(
        BAD_REQUEST,
        ErrorResponse.UNKNOWN_ERROR_CODE,
        "08P01",
        "08P01: this is not a call of Avatica's protocol, in protobuf or JSON");
  }

  /** The SQLSTATE that a client is told, without the rest. */
  static String sqlStateOf(Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return refusal.sqlState();
    }
    return cause instanceof QueryException query ? query.state().code() : INTERNAL;
  }

  private static Failure error(int code, String sqlState, String message) {
    return new Failure(INTERNAL_SERVER_ERROR, code, sqlState, message);
  }

  private static Failure unforeseen(Throwable cause) {
    String id = String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
    LOG.error("internal error {}", id, cause);
    return error(
        ErrorResponse.UNKNOWN_ERROR_CODE,
        INTERNAL,
        INTERNAL + ": internal error, id " + id + "; the server's log tells more");
  }

  ErrorResponse response() {
    return new ErrorResponse(List.of(), message, errorCode, sqlState, AvaticaSeverity.ERROR, null);
  }
}
