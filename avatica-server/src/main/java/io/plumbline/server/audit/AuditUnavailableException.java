package io.plumbline.server.audit;

/** The audit log can't be written at the moment, so that nothing may be answered. */
public final class AuditUnavailableException extends RuntimeException {

  AuditUnavailableException(Throwable cause) {
    super("the audit log can't be written, and nothing is answered without it", cause);
  }
}
