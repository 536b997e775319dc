package io.plumbline.server.wire;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where a call comes from.
 *
 * @param proof what came with the call itself; empty if it has none, as those of a client that gave
 *     a password when it connected
 * @param address the client's address, for throttling
 * @param online whether the socket of the call is still open
 */
public record Caller(Optional<Proof> proof, String address, BooleanSupplier online) {}
