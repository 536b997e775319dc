package io.plumbline.cli;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;

/** Errors of the stock driver in the words of the server, without what the driver adds. */
final class ClientProblem {

  private static final String PREFIX = "Remote driver error: ";

  /** Begins what the driver puts behind: its own number and severity. */
  private static final String CODE = ". Error ";

  private ClientProblem() {}

  static String message(SQLException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof AvaticaClientRuntimeException refusal) {
        return message(refusal);
      }
    }
    return withoutPrefix(String.valueOf(error.getMessage()));
  }

  static String message(AvaticaClientRuntimeException refusal) {
    String text = withoutPrefix(String.valueOf(refusal.getMessage()));
    int code = text.lastIndexOf(CODE);
    return code < 0 ? text : text.substring(0, code + 1);
  }

  private static String withoutPrefix(String text) {
    int prefix = text.lastIndexOf(PREFIX);
    return prefix < 0 ? text : text.substring(prefix + PREFIX.length()).strip();
  }

  /** Whether nobody answers where the driver looked for a server. */
  static boolean isNobodyThere(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
