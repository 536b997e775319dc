package io.plumbline.server.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of a record: SHA-256 over the hash of the record before it and its own text, so that
 * each one seals all that came before.
 */
record ChainHash(String hex) {

  /** What stands before the first record. */
  static final ChainHash START = new ChainHash("0".repeat(64));

  static final int LENGTH = 64;

  ChainHash next(byte[] text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(HexFormat.of().parseHex(hex));
      return new ChainHash(HexFormat.of().formatHex(digest.digest(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
