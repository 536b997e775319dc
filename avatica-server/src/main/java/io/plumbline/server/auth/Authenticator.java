package io.plumbline.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.engine.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.x500.X500Principal;

/**
 * Verifies users, however they prove who they are: by a password in the properties of a JDBC
 * connection or with HTTP BASIC on every request, by a bearer token, or by the certificate of their
 * TLS connection.
 *
 * <p>Verified passwords are remembered for five minutes under a hash keyed with a secret of this
 * process, so that a hash is derived once per connection and not once per call. What is remembered
 * is dropped when the user is revoked or the users change. {@link FailedLogins} says who may try;
 * remembered passwords go on working, so that nobody is locked out by somebody who guesses.
 */
public final class Authenticator {

  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int LONGEST_PASSWORD = 1024;

  /** How long a login waits for others; on a machine that is busy, a hash takes seconds. */
  private static final Duration TURN = Duration.ofSeconds(30);

  /** Stands in for the hash of a user who does not exist: costs the same, and matches nothing. */
  private final PasswordHash nobody;

  private final SecretKeySpec key;
  private final Clock clock;
  private final Cache<ByteBuffer, Principal> verified;
  private final FailedLogins failures;
  private final Semaphore derivations =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
  private volatile Users users;

  public Authenticator(Users users) {
    this(users, Ticker.systemTicker(), Clock.systemUTC());
  }

  Authenticator(Users users, Ticker ticker, Clock clock) {
    this.users = users;
    this.clock = clock;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    key = new SecretKeySpec(secret, "HmacSHA256");
    nobody = PasswordHash.of(Base64.getEncoder().encodeToString(secret));
    verified =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(REMEMBERED)
            .maximumSize(10_000)
            .build();
    failures = new FailedLogins(ticker);
  }

  /**
   * The principal of these credentials.
   *
   * @param address where the caller is, for throttling
   * @throws AuthenticationException if they are wrong, or too many were wrong before
   */
  public Principal authenticate(String name, String password, String address)
      throws AuthenticationException {
    ByteBuffer credentials = fingerprint(name, password);
    Principal remembered = verified.getIfPresent(credentials);
    if (remembered != null) {
      return remembered;
    }
    failures.failIfTooMany(name, address);
    enter();
    try {
      remembered = verified.getIfPresent(credentials);
      return remembered != null ? remembered : verify(name, password, address, credentials);
    } finally {
      derivations.release();
    }
  }

  private Principal verify(String name, String password, String address, ByteBuffer credentials)
      throws AuthenticationException {
    failures.failIfTooMany(name, address);
    Users asked = users;
    Optional<User> user = asked.find(name);
    Optional<PasswordHash> hash = user.flatMap(User::password);
    boolean tooLong = password.length() > LONGEST_PASSWORD;
    if (!hash.orElse(nobody).matches(tooLong ? "" : password) || tooLong || hash.isEmpty()) {
      failures.failed(name, address);
      throw AuthenticationException.wrong();
    }
    Principal principal = user.orElseThrow().principal();
    failures.succeeded(name, address);
    verified.put(credentials, principal);
    if (asked != users) {
      verified.invalidateAll();
    }
    return principal;
  }

  /**
   * The principal of a bearer token. A right one is never stopped: it can't be guessed.
   *
   * @throws AuthenticationException if nobody has it, or it has expired
   */
  public Principal authenticate(String token, String address) throws AuthenticationException {
    return verified(
        users.withToken(TokenHash.of(token), clock.instant()),
        address,
        AuthenticationException.wrongToken());
  }

  /**
   * The principal that a certificate is for; TLS has verified it.
   *
   * @throws AuthenticationException if it is for nobody
   */
  public Principal authenticate(X500Principal subject, String address)
      throws AuthenticationException {
    return verified(
        users.withCertificate(subject), address, AuthenticationException.unknownCertificate());
  }

  private Principal verified(Optional<User> user, String address, AuthenticationException wrong)
      throws AuthenticationException {
    if (user.isPresent()) {
      return user.get().principal();
    }
    failures.failIfTooMany(address);
    failures.failed(address);
    throw wrong;
  }

  /** The user that a certificate is for, if there is one; what is not does no harm yet. */
  public Optional<Principal> find(X500Principal subject) {
    return users.withCertificate(subject).map(User::principal);
  }

  /** A user, whose credentials somebody else stands in for. */
  public Optional<Principal> find(String name) {
    return users.find(name).map(User::principal);
  }

  /** Takes other users from now on; nothing that was verified before counts. */
  public void replaceUsers(Users replacement) {
    users = replacement;
    verified.invalidateAll();
  }

  /** Forgets what was verified for a user, so that the next call is verified anew. */
  public void revoke(String name) {
    verified.asMap().values().removeIf(principal -> principal.name().equals(name));
  }

  /** Hashes are derived on half of the processors at most, so that logins can't starve queries. */
  private void enter() throws AuthenticationException {
    try {
      if (!derivations.tryAcquire(TURN.toSeconds(), TimeUnit.SECONDS)) {
        throw AuthenticationException.busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AuthenticationException.busy();
    }
  }

  private ByteBuffer fingerprint(String name, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HmacSHA256", e);
    }
  }
}
