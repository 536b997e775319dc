package io.plumbline.server.wire;

import javax.security.auth.x500.X500Principal;

/** How a call says who sends it; not verified yet. */
public sealed interface Proof {

  /** A name and a password, with HTTP BASIC. */
  record Basic(String name, String password) implements Proof {

    /** Without the password. */
    @Override
    public String toString() {
      return "Basic[" + name + "]";
    }
  }

  /** A token, in the header {@code Authorization: Bearer}. */
  record Bearer(String token) implements Proof {

    /** Without the token. */
    @Override
    public String toString() {
      return "Bearer[]";
    }
  }

  /** The subject of the client's certificate, which TLS has verified. */
  record Certificate(X500Principal subject) implements Proof {}
}
