package io.plumbline.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The hash of a bearer token, as it stands in the users file: {@code sha256$HASH} in Base64. A
 * token is made of 256 random bits, which nobody can try out, so that it needs neither salt nor
 * many rounds.
 */
public final class TokenHash {

  private static final Pattern TEXT = Pattern.compile("sha256\\$[A-Za-z0-9+/]{43}=");
  private static final String PREFIX = "plumbline_";
  private static final int BYTES = 32;

  private final byte[] hash;

  private TokenHash(byte[] hash) {
    this.hash = hash;
  }

  /** A token that nobody has had. */
  public static String newToken() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  public static TokenHash of(String token) {
    try {
      return new TokenHash(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static TokenHash parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("not of the form sha256$HASH");
    }
    return new TokenHash(Base64.getDecoder().decode(text.substring("sha256$".length())));
  }

  @Override
  public String toString() {
    return "sha256$" + Base64.getEncoder().encodeToString(hash);
  }

  /** Takes the same time for each answer. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHash that && MessageDigest.isEqual(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }
}
