package io.plumbline.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsersFileEditorTest {

  private static final PasswordHash OLD = PasswordHash.of("old");
  private static final PasswordHash NEW = PasswordHash.of("new");
  private static final TokenHash TOKEN = TokenHash.of("plumbline_1");

  @TempDir Path folder;

  private Path file;
  private UsersFileEditor editor;

  @BeforeEach
  void begin() {
    file = folder.resolve("users.yaml");
    editor = new UsersFileEditor(file);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private static User user(String name) {
    return new User(name, NEW, Set.of("pm", "analyst"), Map.of("team", "a: b, 'c' \uD83D\uDE00"));
  }

  @Test
  void aUserIsAddedAndEverythingElseStays() throws Exception {
    write(
        "# who may log in \uD83D\uDE00",
        "users:",
        "",
        "  - name: ana   # the analyst",
        "    password: " + OLD,
        "# the end");
    editor.add(user("zoe"));
    assertThat(Files.readString(file))
        .isEqualTo(
            String.join(
                "\n",
                "# who may log in \uD83D\uDE00",
                "users:",
                "",
                "  - name: ana   # the analyst",
                "    password: " + OLD,
                "  - name: zoe",
                "    password: " + NEW,
                "    roles: [analyst, pm]",
                "    attributes: {team: 'a: b, ''c'' \uD83D\uDE00'}",
                "# the end",
                ""));
    assertThat(UsersFile.read(file).find("zoe")).contains(user("zoe"));
  }

  @Test
  void aUserWithoutAPasswordIsAddedToAFileThatIsNotThereYet() throws Exception {
    User etl =
        new User(
            "etl",
            Optional.empty(),
            Set.of(),
            Map.of(),
            List.of(new User.Token("nightly run", TOKEN, Optional.empty())),
            Set.of(new X500Principal("CN=etl, O=Example")));
    editor.add(etl);
    assertThat(UsersFile.read(file).find("etl")).contains(etl);
    assertThat(Files.readString(file)).endsWith("\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aPasswordIsReplacedInItsPlace() throws Exception {
    write("users:", "- password: '" + OLD + "' # since May", "  name: ana", "  roles: [pm]");
    editor.setPassword("ana", NEW);
    assertThat(Files.readString(file))
        .isEqualTo("users:\n- password: " + NEW + " # since May\n  name: ana\n  roles: [pm]\n");
  }

  @Test
  void whatAUserDoesNotHaveYetStandsBesideTheName() throws Exception {
    write(
        "users:",
        "  - name: ana # Ana",
        "    certificates: ['CN=ana']",
        "  - {name: bob, password: " + OLD + "}");
    Instant end = Instant.parse("2027-01-31T00:00:00Z");
    editor.setPassword("ana", NEW);
    editor.addToken("bob", new User.Token("etl", TOKEN, Optional.of(end)));
    assertThat(Files.readString(file).lines())
        .containsExactly(
            "users:",
            "  - name: ana # Ana",
            "    password: " + NEW,
            "    certificates: ['CN=ana']",
            "  - {name: bob, tokens: [{label: etl, hash: "
                + TOKEN
                + ", expires: 2027-01-31}],"
                + " password: "
                + OLD
                + "}");
  }

  @Test
  void oneMoreTokenStandsAfterTheOthers() throws Exception {
    write(
        "users:",
        "  - name: ana",
        "    tokens:",
        "      - label: first",
        "        hash: " + TokenHash.of("plumbline_0"),
        "    roles: [pm]",
        "  - name: bob",
        "    tokens: [{label: first, hash: '" + TokenHash.of("plumbline_3") + "'}] # one");
    TokenHash other = TokenHash.of("plumbline_2");
    editor.addToken("ana", new User.Token("second", TOKEN, Optional.empty()));
    editor.addToken("bob", new User.Token("second", other, Optional.empty()));
    assertThat(Files.readString(file))
        .contains("\n      - {label: second, hash: " + TOKEN + "}\n    roles: [pm]\n")
        .contains("'}, {label: second, hash: " + other + "}] # one\n");
  }

  @Test
  void whatCannotBeIsRefusedAndNothingIsWritten() throws Exception {
    write("users:", "  - name: ana", "    password: &p " + OLD, "  - {name: bob, password: *p}");
    String before = Files.readString(file);
    assertThatThrownBy(() -> editor.add(user("ana")))
        .hasMessageContaining("There is a user 'ana' already.");
    assertThatThrownBy(() -> editor.setPassword("an", NEW))
        .hasMessageContaining("There is no user 'an'. Did you mean 'ana'?");
    assertThatThrownBy(() -> editor.setPassword("bob", NEW))
        .hasMessageContaining("written in a way that this command can't change");
    assertThat(Files.readString(file)).isEqualTo(before);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileWithProblemsIsNotChanged() throws Exception {
    write("users:", "  - name: ana", "    pasword: x");
    assertThatThrownBy(() -> editor.add(user("zoe")))
        .isInstanceOf(UsersFileException.class)
        .hasMessageContaining("users.yaml:3:5: Unknown key 'pasword'");
  }

  @Test
  void aTokenNeedsALabelOfItsOwn() throws Exception {
    write("users:", "  - {name: ana, password: " + OLD + "}");
    editor.addToken("ana", new User.Token("etl", TOKEN, Optional.empty()));
    assertThatThrownBy(
            () ->
                editor.addToken("ana", new User.Token("etl", TokenHash.of("x"), Optional.empty())))
        .hasMessageContaining("'ana' has a token 'etl' already.");
  }

  @Test
  void theFileStaysALinkWithItsPermissions() throws Exception {
    write("users:", "  - {name: ana, password: " + OLD + "}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
    new UsersFileEditor(link).setPassword("ana", NEW);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(UsersFile.read(file).find("ana").orElseThrow().password()).contains(NEW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void twoCommandsDoNotChangeItAtOnce() throws Exception {
    write("users: []");
    Files.createFile(folder.resolve("users.yaml.new"));
    assertThatThrownBy(() -> editor.add(user("zoe")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another command is changing");
    assertThat(Files.readString(file)).isEqualTo("users: []\n");
  }
}
