package io.plumbline.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The users that exist, by name, and by what only one of them has. Names are case-sensitive. */
public final class Users {

  private static final int VERSION_BYTES = 6;

  private final Map<String, User> byName;
  private final Map<TokenHash, User> byToken = new HashMap<>();
  private final Map<X500Principal, User> byCertificate = new HashMap<>();

  /**
   * @throws IllegalArgumentException if two of them have the same name, token or certificate
   */
  public Users(Collection<User> users) {
    List<User> all = List.copyOf(users);
    byName = all.stream().collect(Collectors.toMap(User::name, Function.identity(), Users::twice));
    for (User user : all) {
      user.tokens().forEach(token -> only(byToken.putIfAbsent(token.hash(), user), user));
      user.certificates().forEach(name -> only(byCertificate.putIfAbsent(name, user), user));
    }
  }

  private static void only(@Nullable User other, User user) {
    if (other != null) {
      throw new IllegalArgumentException(
          "'" + other.name() + "' and '" + user.name() + "' share a token or a certificate");
    }
  }

  private static User twice(User first, User second) {
    throw new IllegalArgumentException("user '" + second.name() + "' stands twice");
  }

  public Optional<User> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Who has a token that counts at this instant. */
  Optional<User> withToken(TokenHash hash, Instant now) {
    return Optional.ofNullable(byToken.get(hash)).filter(user -> user.has(hash, now));
  }

  /** Whose certificates have this subject. */
  Optional<User> withCertificate(X500Principal subject) {
    return Optional.ofNullable(byCertificate.get(subject));
  }

  public Collection<User> all() {
    return byName.values();
  }

  /** A hash of all that is said about users: another password is another version. */
  public String version() {
    String all =
        new TreeMap<>(byName)
            .values().stream().map(User::fingerprint).collect(Collectors.joining("\n"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * The same with a user added or changed.
   *
   * @throws IllegalArgumentException if the user has what another one has
   */
  Users with(User user) {
    Map<String, User> changed = new HashMap<>(byName);
    changed.put(user.name(), user);
    return new Users(changed.values());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Users that && byName.equals(that.byName);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }
}
