package io.plumbline.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {

  /** That of "ana-pw" with the fewest rounds allowed: hundreds of guesses take seconds only. */
  private static final PasswordHash CHEAP =
      PasswordHash.parse(
          "pbkdf2-sha512$10000$YSBzYWx0IG9mIHRlc3RzIQ==$"
              + "oRFW671rRVbXnNMcE7x1nuu32xs3al/qIuMD3tMI10o=");

  private final AtomicLong now = new AtomicLong();
  private final User ana =
      new User("ana", CHEAP, Set.of("analyst"), Map.of("email", "a@b.example"));
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

  @Test
  void whoGuessesFromManyAddressesIsStoppedEverywhere() {
    guessFromFiftyAddresses();
    assertThatThrownBy(() -> authenticator.authenticate("ana", "ana-pw", "one more"))
        .hasMessageContaining("too many failed attempts");
  }

  @Test
  void nobodyIsShutOutOfWhereTheyLoggedInBefore() throws Exception {
    authenticator.authenticate("ana", "ana-pw", "home");
    authenticator.revoke("ana");
    guessFromFiftyAddresses();
    assertThat(authenticator.authenticate("ana", "ana-pw", "home")).isEqualTo(ana.principal());
  }

  private void guessFromFiftyAddresses() {
    for (int i = 0; i < 50; i++) {
      String address = "address " + i;
      assertThatThrownBy(() -> authenticator.authenticate("ana", "wrong", address))
          .hasMessageContaining("28P01");
    }
  }

  @Test
  void failuresWithoutANameAreNotThoseOfTheAddress() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> authenticator.authenticate("", "wrong", "here"))
          .hasMessageContaining("28P01");
    }
    assertThatThrownBy(() -> authenticator.authenticate("", "wrong", "here"))
        .hasMessageContaining("too many failed attempts");
    assertThatThrownBy(() -> authenticator.authenticate("no token", "here"))
        .hasMessageContaining("the token is not valid");
    assertThatThrownBy(() -> authenticator.authenticate("ana", "wrong", "here"))
        .hasMessageContaining("28P01");
  }

  @Test
  void failuresOfOthersHereAreNotThoseOfTheEmptyName() {
    for (int i = 0; i < 10; i++) {
      String name = "somebody " + i;
      assertThatThrownBy(() -> authenticator.authenticate(name, "wrong", "here"))
          .hasMessageContaining("28P01");
    }
    assertThatThrownBy(() -> authenticator.authenticate("", "wrong", "here"))
        .hasMessageContaining("28P01");
  }

  @Test
  void guessedTokensStopTheAddressButNeverARightToken() throws Exception {
    String token = TokenHash.newToken();
    authenticator.replaceUsers(
        new Users(
            List.of(
                ana,
                new User(
                    "etl",
                    Optional.empty(),
                    Set.of(),
                    Map.of(),
                    List.of(new User.Token("nightly", TokenHash.of(token), Optional.empty())),
                    Set.of()))));
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> authenticator.authenticate("guess", "here"))
          .hasMessageContaining("the token is not valid");
    }
    assertThatThrownBy(() -> authenticator.authenticate("guess", "here"))
        .hasMessageContaining("too many failed attempts");
    assertThatThrownBy(() -> authenticator.authenticate("ana", "ana-pw", "here"))
        .hasMessageContaining("too many failed attempts");
    assertThat(authenticator.authenticate(token, "here").name()).isEqualTo("etl");
  }
}
