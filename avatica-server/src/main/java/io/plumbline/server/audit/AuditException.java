package io.plumbline.server.audit;

/** The audit log can't be opened or read, in words for whoever runs the server. */
public final class AuditException extends RuntimeException {

  AuditException(String message) {
    super(message);
  }

  AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
