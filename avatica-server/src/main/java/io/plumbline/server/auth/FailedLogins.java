package io.plumbline.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts failed logins, to stop those who guess without locking out those who are guessed at.
 *
 * <p>Within a minute, a user may fail five times from one address, all users together 50 times from
 * one address, and one user 50 times from anywhere. Where a user has logged in before, only the
 * user's own failures from there count: neither a neighbour behind the same proxy nor somebody far
 * away who guesses the password can shut it out. Whether a user exists makes no difference.
 */
final class FailedLogins {

  static final Duration PENALTY = Duration.ofMinutes(1);

  private static final Duration KNOWN = Duration.ofDays(30);
  private static final int HERE = 5;
  private static final int OF_ADDRESS = 50;
  private static final int OF_USER = 50;
  private static final int MOST = 100_000;

  private final Cache<Who, AtomicInteger> failures;
  private final Cache<Who, Boolean> known;
  private final Cache<Who, Boolean> told;

  /** Whose failures are counted together; a name is whatever a caller claims, the empty one too. */
  private sealed interface Who {
    record Here(String user, String address) implements Who {}

    record Address(String address) implements Who {}

    record Anywhere(String user) implements Who {}
  }

  FailedLogins(Ticker ticker) {
    failures =
        Caffeine.newBuilder().ticker(ticker).expireAfterWrite(PENALTY).maximumSize(MOST).build();
    told = Caffeine.newBuilder().ticker(ticker).expireAfterWrite(PENALTY).maximumSize(MOST).build();
    known = Caffeine.newBuilder().ticker(ticker).expireAfterAccess(KNOWN).maximumSize(MOST).build();
  }

  /** Fails if there were too many failures before. */
  void failIfTooMany(String user, String address) throws AuthenticationException {
    Who here = new Who.Here(user, address);
    boolean isKnown = known.getIfPresent(here) != null;
    if (count(here) >= HERE
        || !isKnown
            && (count(new Who.Address(address)) >= OF_ADDRESS
                || count(new Who.Anywhere(user)) >= OF_USER)) {
      throw tooMany(here);
    }
  }

  /** The same for credentials without a name that could be counted, such as a token. */
  void failIfTooMany(String address) throws AuthenticationException {
    Who all = new Who.Address(address);
    if (count(all) >= OF_ADDRESS) {
      throw tooMany(all);
    }
  }

  private AuthenticationException tooMany(Who who) {
    boolean first = told.asMap().putIfAbsent(who, true) == null;
    return AuthenticationException.tooMany(PENALTY.toSeconds(), first);
  }

  private int count(Who who) {
    AtomicInteger count = failures.asMap().get(who);
    return count == null ? 0 : count.get();
  }

  void failed(String user, String address) {
    add(new Who.Here(user, address));
    add(new Who.Address(address));
    add(new Who.Anywhere(user));
  }

  /** Without a name that could be counted. */
  void failed(String address) {
    add(new Who.Address(address));
  }

  private void add(Who who) {
    failures.get(who, fresh -> new AtomicInteger()).incrementAndGet();
  }

  void succeeded(String user, String address) {
    known.put(new Who.Here(user, address), true);
  }
}
