package io.plumbline.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class UsersFileTest {

  private static final String HASH = PasswordHash.of("ana-pw").toString();

  @Test
  void usersAreRead() throws Exception {
    Users users =
        UsersFile.parse(
            "users.yaml",
            "users:\n  - name: ana\n    password: "
                + HASH
                + "\n    roles: [analyst, pm]\n"
                + "    attributes: {email: ana@example.com, team: 7}\n");
    User ana = users.find("ana").orElseThrow();
    assertThat(ana.roles()).containsExactlyInAnyOrder("analyst", "pm");
    assertThat(ana.attributes())
        .containsEntry("email", "ana@example.com")
        .containsEntry("team", "7");
    assertThat(ana.toString()).doesNotContain("pbkdf2");
    assertThat(users.find("Ana")).isEmpty();
  }

  @Test
  void allProblemsAreReportedWithTheirPlaces() {
    assertThatThrownBy(
            () ->
                UsersFile.parse(
                    "users.yaml",
                    "users:\n  - name: ana\n    password: plain\n  - name: bob\n    pasword: x\n"
                        + "  - name: 'c:d'\n    password: "
                        + HASH
                        + "\n    roles: analyst\n"))
        .isInstanceOf(UsersFileException.class)
        .hasMessageContaining("users.yaml:2:5: The password is not of the form pbkdf2-sha512")
        .hasMessageContaining("users.yaml:5:5: Unknown key 'pasword' in a user.")
        .hasMessageContaining("users.yaml:4:5: A user has no password.")
        .hasMessageContaining("must not be blank nor hold a colon")
        .hasMessageContaining("users.yaml:8:12: Roles must be a list.");
  }

  @Test
  void aUserMayStandOnce() {
    String ana = "  - name: ana\n    password: " + HASH + "\n";
    assertThatThrownBy(() -> UsersFile.parse("users.yaml", "users:\n" + ana + ana))
        .hasMessageContaining("users.yaml:4:5: User 'ana' stands twice.");
  }

  @Test
  void aTokenOrCertificateHasOneUser() {
    String token = TokenHash.of("plumbline_x").toString();
    String tokens = "    tokens: [{label: etl, hash: '" + token + "'}]\n";
    String certificates = "    certificates: ['CN=etl']\n";
    assertThatThrownBy(
            () ->
                UsersFile.parse(
                    "users.yaml",
                    "users:\n  - name: a\n"
                        + tokens
                        + "  - name: b\n"
                        + tokens
                        + "  - name: c\n"
                        + certificates
                        + "  - name: d\n"
                        + certificates))
        .hasMessageContaining("users.yaml:4:5: A token of 'b' stands twice.")
        .hasMessageContaining("users.yaml:8:5: A certificate of 'd' stands twice.");
  }

  @Test
  void whatIsNotYamlIsReported() {
    assertThatThrownBy(() -> UsersFile.parse("users.yaml", "users: [\n"))
        .hasMessageContaining("users.yaml:2:1: This is not YAML");
    assertThatThrownBy(() -> UsersFile.parse("users.yaml", ""))
        .hasMessageContaining("There is no list of users");
  }
}
