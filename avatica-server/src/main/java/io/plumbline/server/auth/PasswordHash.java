package io.plumbline.server.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A salted password hash, as it stands in the users file: {@code
 * pbkdf2-sha512$ITERATIONS$SALT$HASH}, salt and hash in Base64.
 *
 * <p>PBKDF2 with HMAC-SHA-512 because the JDK has it (no native code, no dependency to follow) and
 * it takes passwords of any length, where bcrypt stops at 72 bytes. Its cost is paid once per
 * connection, not per call: the {@link Authenticator} remembers verified credentials for a while.
 */
public final class PasswordHash {

  /** What new hashes use: some 100 ms on a server of today. */
  static final int ITERATIONS = 210_000;

  private static final int LEAST_ITERATIONS = 10_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern TEXT =
      Pattern.compile("pbkdf2-sha512\\$(\\d{1,8})\\$([A-Za-z0-9+/=]{8,})\\$([A-Za-z0-9+/=]{16,})");

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes a password with a new salt. */
  public static PasswordHash of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS, HASH_BYTES));
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not one, or too weak to be one
   */
  public static PasswordHash parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not of the form pbkdf2-sha512$ITERATIONS$SALT$HASH");
    }
    int iterations = Integer.parseInt(parts.group(1));
    if (iterations < LEAST_ITERATIONS) {
      throw new IllegalArgumentException("fewer than " + LEAST_ITERATIONS + " iterations");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    return new PasswordHash(
        iterations, base64.decode(parts.group(2)), base64.decode(parts.group(3)));
  }

  /** Whether the password is the one that was hashed; takes the same time for each answer. */
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations, hash.length));
  }

  private static byte[] derive(String password, byte[] salt, int iterations, int length) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, length * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no PBKDF2WithHmacSHA512", e);
    } finally {
      spec.clearPassword();
    }
  }

  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "pbkdf2-sha512$"
        + iterations
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that
        && iterations == that.iterations
        && Arrays.equals(salt, that.salt)
        && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }
}
