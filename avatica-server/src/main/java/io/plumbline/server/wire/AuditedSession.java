package io.plumbline.server.wire;

import io.plumbline.engine.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whose statements are audited.
 *
 * @param connection tells connections apart; not the connection's id, with which one could use it
 */
record AuditedSession(Principal principal, String address, String connection) {

  private static final int SHOWN = 12;

  static AuditedSession of(Principal principal, String address, String connectionId) {
    return new AuditedSession(principal, address, hash(connectionId));
  }

  private static String hash(String id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
