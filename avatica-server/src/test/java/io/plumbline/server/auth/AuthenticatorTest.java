package io.plumbline.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {

  private final AtomicLong now = new AtomicLong();
  private final User ana =
      new User("ana", PasswordHash.of("ana-pw"), Set.of("analyst"), Map.of("email", "a@b.example"));
  private final Authenticator authenticator =
      new Authenticator(new Users(List.of(ana)), now::get, Clock.systemUTC());

  private void passes(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void theRightPasswordGivesThePrincipal() throws Exception {
    assertThat(authenticator.authenticate("ana", "ana-pw", "here")).isEqualTo(ana.principal());
  }

  @Test
  void everythingElseGetsTheSameAnswer() {
    assertThatThrownBy(() -> authenticator.authenticate("ana", "wrong", "here"))
        .hasMessage("28P01: invalid user name or password");
    assertThatThrownBy(() -> authenticator.authenticate("nobody", "ana-pw", "here"))
        .hasMessage("28P01: invalid user name or password");
    assertThatThrownBy(() -> authenticator.authenticate("ana", "x".repeat(100_000), "here"))
        .hasMessage("28P01: invalid user name or password");
  }

  @Test
  void verifiedCredentialsAreRememberedForAWhile() throws Exception {
    authenticator.authenticate("ana", "ana-pw", "here");
    long begun = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      authenticator.authenticate("ana", "ana-pw", "here");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void whatWasRememberedEndsWithTheUser() throws Exception {
    authenticator.authenticate("ana", "ana-pw", "here");
    authenticator.replaceUsers(new Users(List.of()));
    assertThatThrownBy(() -> authenticator.authenticate("ana", "ana-pw", "here"))
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void aRevokedUserIsVerifiedAnew() throws Exception {
    authenticator.authenticate("ana", "ana-pw", "here");
    for (int i = 0; i < 5; i++) {
      int attempt = i;
      assertThatThrownBy(() -> authenticator.authenticate("ana", "no" + attempt, "here"));
    }
    assertThat(authenticator.authenticate("ana", "ana-pw", "here")).isNotNull();
    authenticator.revoke("ana");
    assertThatThrownBy(() -> authenticator.authenticate("ana", "ana-pw", "here"))
        .hasMessageContaining("too many failed attempts");
  }

  @Test
  void failuresThrottleAnAddressForAMinute() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> authenticator.authenticate("ana", "wrong", "there"))
          .hasMessageContaining("28P01");
    }
    assertThatThrownBy(() -> authenticator.authenticate("ana", "ana-pw", "there"))
        .hasMessageContaining("28000: too many failed attempts");
    assertThat(authenticator.authenticate("ana", "ana-pw", "elsewhere")).isNotNull();
    authenticator.revoke("ana");
    passes(Duration.ofSeconds(61));
    assertThat(authenticator.authenticate("ana", "ana-pw", "there")).isNotNull();
  }
}
