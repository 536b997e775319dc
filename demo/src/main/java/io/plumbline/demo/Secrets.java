package io.plumbline.demo;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The passwords of one embedded server's logins. */
record Secrets(String superuser, String owner, String reader) {

  static Secrets random() {
    SecureRandom random = new SecureRandom();
    return new Secrets(password(random), password(random), password(random));
  }

  private static String password(SecureRandom random) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "Secrets[...]";
  }
}
