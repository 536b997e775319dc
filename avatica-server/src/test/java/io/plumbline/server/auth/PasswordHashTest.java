package io.plumbline.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PasswordHashTest {

  @Test
  void matchesItsPasswordOnly() {
    PasswordHash hash = PasswordHash.of("Correct Horse é");
    assertThat(hash.matches("Correct Horse é")).isTrue();
    assertThat(hash.matches("correct horse é")).isFalse();
    assertThat(hash.matches("")).isFalse();
  }

  @Test
  void isReadFromItsText() {
    PasswordHash hash = PasswordHash.of("secret");
    PasswordHash read = PasswordHash.parse(hash.toString());
    assertThat(read).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(read.matches("secret")).isTrue();
  }

  @Test
  void theSamePasswordHasAnotherHashEachTime() {
    assertThat(PasswordHash.of("secret")).isNotEqualTo(PasswordHash.of("secret"));
  }

  @Test
  void weakAndUnreadableTextsAreRefused() {
    assertThatThrownBy(() -> PasswordHash.parse("secret")).hasMessageContaining("not of the form");
    String weak = PasswordHash.of("secret").toString().replace("210000", "1000");
    assertThatThrownBy(() -> PasswordHash.parse(weak)).hasMessageContaining("fewer than 10000");
  }
}
