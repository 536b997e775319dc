package io.plumbline.definitions.reader;

import io.plumbline.definitions.DefinitionFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The hash that tells one state of the definitions from another. */
final class ModelVersion {

  private static final int DIGITS = 16;

  private ModelVersion() {}

  /**
   * @param files in name order, so that the order in which they were found does not matter
   */
  static String of(List<DefinitionFile> files) {
    MessageDigest digest = sha256();
    for (DefinitionFile file : files) {
      update(digest, file.name());
      update(digest, file.text());
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  /** Each part goes in with its length: else text could move from one file to the next unseen. */
  private static void update(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
