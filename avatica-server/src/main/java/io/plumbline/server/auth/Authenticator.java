package io.plumbline.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.engine.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies users, however their credentials arrive: in the properties of a JDBC connection or with
 * HTTP BASIC on every request.
 *
 * <p>Verified credentials are remembered for five minutes under a hash keyed with a secret of this
 * process, so that a hash is derived once per connection and not once per call. What is remembered
 * is dropped when the user is revoked or the users change.
 *
 * <p>Five failures for a user from an address, or 50 from an address, within a minute stop further
 * attempts until a minute has passed since the first one. Remembered credentials go on working, so
 * that nobody is locked out by somebody who guesses.
 */
public final class Authenticator {

  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final Duration PENALTY = Duration.ofMinutes(1);
  private static final int FAILURES_PER_USER = 5;
  private static final int FAILURES_PER_ADDRESS = 50;
  private static final int LONGEST_PASSWORD = 1024;

  /** Stands in for the hash of a user who does not exist: costs the same, and matches nothing. */
  private final PasswordHash nobody;

  private final SecretKeySpec key;
  private final Cache<ByteBuffer, Principal> verified;
  private final Cache<String, AtomicInteger> failures;
  private final Semaphore derivations =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
  private volatile Users users;

  public Authenticator(Users users) {
    this(users, Ticker.systemTicker());
  }

  Authenticator(Users users, Ticker ticker) {
    this.users = users;
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
    failures =
        Caffeine.newBuilder().ticker(ticker).expireAfterWrite(PENALTY).maximumSize(100_000).build();
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
    failIfThrottled(name, address);
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
    failIfThrottled(name, address);
    Users asked = users;
    Optional<User> user = asked.find(name);
    PasswordHash hash = user.map(User::password).orElse(nobody);
    boolean tooLong = password.length() > LONGEST_PASSWORD;
    if (!hash.matches(tooLong ? "" : password) || tooLong || user.isEmpty()) {
      count(name + "@" + address);
      count(address);
      throw AuthenticationException.wrong();
    }
    Principal principal = user.get().principal();
    verified.put(credentials, principal);
    if (asked != users) {
      verified.invalidateAll();
    }
    return principal;
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

  private void failIfThrottled(String name, String address) throws AuthenticationException {
    if (failed(name + "@" + address) >= FAILURES_PER_USER
        || failed(address) >= FAILURES_PER_ADDRESS) {
      throw AuthenticationException.tooMany(PENALTY.toSeconds());
    }
  }

  private int failed(String who) {
    AtomicInteger count = failures.asMap().get(who);
    return count == null ? 0 : count.get();
  }

  private void count(String who) {
    failures.get(who, fresh -> new AtomicInteger()).incrementAndGet();
  }

  /** Hashes are derived on half of the processors at most, so that logins can't starve queries. */
  private void enter() throws AuthenticationException {
    try {
      if (!derivations.tryAcquire(10, TimeUnit.SECONDS)) {
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
