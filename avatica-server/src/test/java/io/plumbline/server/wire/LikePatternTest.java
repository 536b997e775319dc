package io.plumbline.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.avatica.Meta.Pat;
import org.junit.jupiter.api.Test;

final class LikePatternTest {

  private static boolean matches(@org.jspecify.annotations.Nullable String like, String name) {
    return LikePattern.of(Pat.of(like)).matches(name);
  }

  @Test
  void wildcardsStandForCharacters() {
    assertThat(matches("acc%", "accounts")).isTrue();
    assertThat(matches("%", "")).isTrue();
    assertThat(matches("a_c", "abc")).isTrue();
    assertThat(matches("a_c", "ac")).isFalse();
    assertThat(matches("a.c", "abc")).isFalse();
    assertThat(matches("", "a")).isFalse();
  }

  @Test
  void aBackslashTakesTheMeaningAway() {
    assertThat(matches("a\\_c", "a_c")).isTrue();
    assertThat(matches("a\\_c", "abc")).isFalse();
    assertThat(matches("100\\%", "100%")).isTrue();
    assertThat(matches("100\\%", "1000")).isFalse();
    assertThat(matches("end\\", "end\\")).isTrue();
  }

  @Test
  void caseDoesNotMatterInAnyLocale() {
    assertThat(matches("BILLING", "billing")).isTrue();
    assertThat(matches("billing", "BILLING")).isTrue();
  }

  @Test
  void noPatternMatchesEverything() {
    assertThat(matches(null, "anything")).isTrue();
  }
}
