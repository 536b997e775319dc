package io.plumbline.masking;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What keys hashes, so that nobody can hash a guess and compare. */
public record MaskSecret(String value) {

  private static final int SHORTEST = 16;
  private static final int BYTES = 32;

  public MaskSecret {
    if (value.length() < SHORTEST) {
      throw new IllegalArgumentException("a secret needs at least " + SHORTEST + " characters");
    }
  }

  /** One that nobody knows; hashes do not outlive it. */
  public static MaskSecret random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new MaskSecret(HexFormat.of().formatHex(bytes));
  }

  /** Keeps itself out of logs. */
  @Override
  public String toString() {
    return "MaskSecret";
  }
}
