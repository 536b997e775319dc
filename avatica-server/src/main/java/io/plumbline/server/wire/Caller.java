package io.plumbline.server.wire;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where a call comes from.
 *
 * @param basic what came with HTTP BASIC
 * @param address the client's address, for throttling
 * @param online whether the socket of the call is still open
 */
public record Caller(Optional<Credentials> basic, String address, BooleanSupplier online) {

  /** A name and a password, not verified yet. */
  public record Credentials(String name, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Credentials[" + name + "]";
    }
  }
}
