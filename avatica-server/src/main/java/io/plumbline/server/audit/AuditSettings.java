package io.plumbline.server.audit;

import java.nio.file.Path;

/**
 * Where the audit log is kept.
 *
 * @param folder of this log only; made if it is missing
 * @param rotateAt bytes after which a new file begins
 */
public record AuditSettings(Path folder, long rotateAt) {

  private static final long USUAL = 64L << 20;

  public AuditSettings {
    if (rotateAt < 1) {
      throw new IllegalArgumentException("a file has at least a byte");
    }
  }

  /** Files of 64 MiB. */
  public static AuditSettings in(Path folder) {
    return new AuditSettings(folder, USUAL);
  }

  public AuditSettings withRotateAt(long bytes) {
    return new AuditSettings(folder, bytes);
  }
}
