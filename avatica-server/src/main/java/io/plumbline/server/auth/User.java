package io.plumbline.server.auth;

import io.plumbline.engine.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * A user that may connect.
 *
 * @param password empty for one that logs in by token or certificate only
 * @param roles what the policies are written for; a user without a role sees nothing
 * @param attributes facts that row filters read, such as {@code email}
 * @param tokens that a program may show instead of the password
 * @param certificates subjects of client certificates that are the user's
 */
public record User(
    String name,
    Optional<PasswordHash> password,
    Set<String> roles,
    Map<String, String> attributes,
    List<Token> tokens,
    Set<X500Principal> certificates) {

  /**
   * A bearer token.
   *
   * @param label what it is for
   * @param expires when it ends; empty for never
   */
  public record Token(String label, TokenHash hash, Optional<Instant> expires) {

    boolean isValid(Instant now) {
      return expires.filter(end -> !end.isAfter(now)).isEmpty();
    }
  }

  public User {
    if (name.isBlank() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user's name must not be blank nor hold a colon");
    }
    roles = Set.copyOf(roles);
    attributes = Map.copyOf(attributes);
    tokens = List.copyOf(tokens);
    certificates = Set.copyOf(certificates);
  }

  /** A user with a password. */
  public User(
      String name, PasswordHash password, Set<String> roles, Map<String, String> attributes) {
    this(name, Optional.of(password), roles, attributes, List.of(), Set.of());
  }

  User withPassword(PasswordHash other) {
    return new User(name, Optional.of(other), roles, attributes, tokens, certificates);
  }

  User withToken(Token token) {
    List<Token> more = Stream.concat(tokens.stream(), Stream.of(token)).toList();
    return new User(name, password, roles, attributes, more, certificates);
  }

  public Principal principal() {
    return new Principal(name, roles, attributes);
  }

  boolean has(TokenHash hash, Instant now) {
    return tokens.stream().anyMatch(token -> token.hash().equals(hash) && token.isValid(now));
  }

  /** All of it, hashes included, in one order. */
  String fingerprint() {
    return String.join(
        " ",
        name,
        password.map(PasswordHash::toString).orElse(""),
        new TreeSet<>(roles).toString(),
        new TreeMap<>(attributes).toString(),
        tokens.toString(),
        certificates.stream().map(X500Principal::getName).sorted().toList().toString());
  }

  /** Without anything that lets somebody in. */
  @Override
  public String toString() {
    return "User[name=" + name + ", roles=" + roles + "]";
  }
}
