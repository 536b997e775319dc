package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.auth.UsersFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserCommandTest {

  @TempDir Path folder;

  private Path users;
  private Path configuration;

  @BeforeEach
  void write() throws Exception {
    users = Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Files.createDirectory(folder.resolve("definitions"));
    Files.writeString(
        folder.resolve("policy.yaml"),
        "version: 1\nroles: [analyst]\nself_service:\n  - {role: analyst, allowed_schemas: [ALL]}\n");
    Files.writeString(folder.resolve("password"), "secret");
    configuration =
        Files.writeString(
            folder.resolve("plumbline.yaml"),
            """
            warehouse: {url: 'jdbc:postgresql://db/w', user: reader, password: {file: password}}
            definitions: definitions
            policy: policy.yaml
            users: users.yaml
            """);
  }

  private record Result(int code, String out, String err) {}

  private static Result run(String input, String... arguments) {
    InputStream in = System.in;
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try {
      System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
      System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
      int code = Main.run(arguments);
      return new Result(
          code, written.toString(StandardCharsets.UTF_8), told.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(in);
      System.setOut(out);
      System.setErr(err);
    }
  }

  private String file() {
    return users.toString();
  }

  @Test
  void aUserWhoIsAddedLogsInAndOneWhosePasswordChangedLogsInWithTheNewOne() throws Exception {
    Result added =
        run(
            "first\n",
            "user",
            "add",
            "--config",
            configuration.toString(),
            "--role",
            "analyst",
            "--attribute",
            "email=ana@a.example",
            "ana");
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(new Authenticator(UsersFile.read(users)).authenticate("ana", "first", "here"))
        .satisfies(ana -> assertThat(ana.roles()).containsExactly("analyst"))
        .satisfies(ana -> assertThat(ana.attributes()).containsEntry("email", "ana@a.example"));
    assertThat(run("second\n", "user", "passwd", "--users", file(), "ana").code()).isZero();
    assertThat(
            new Authenticator(UsersFile.read(users)).authenticate("ana", "second", "here").name())
        .isEqualTo("ana");
  }

  @Test
  void aTokenIsPrintedOnceAndOnlyItsHashIsKept() throws Exception {
    run("pw\n", "user", "add", "--users", file(), "ana");
    Result made =
        run(
            "",
            "user",
            "token",
            "--users",
            file(),
            "--label",
            "etl",
            "--expires",
            "2999-01-01",
            "ana");
    String token = made.out().strip();
    assertThat(new Authenticator(UsersFile.read(users)).authenticate(token, "here").name())
        .isEqualTo("ana");
    assertThat(Files.readString(users)).doesNotContain(token);
    Result service = run("", "user", "add", "--users", file(), "--token", "nightly", "etl");
    assertThat(
            new Authenticator(UsersFile.read(users))
                .authenticate(service.out().strip(), "here")
                .name())
        .isEqualTo("etl");
  }

  @Test
  void theListShowsHowUsersLogInButNoHash() throws Exception {
    run("pw\n", "user", "add", "--users", file(), "--role", "pm", "--role", "analyst", "zoe");
    run("", "user", "add", "--users", file(), "--certificate", "CN=etl, O=Example", "etl");
    run("", "user", "token", "--users", file(), "--label", "x", "--expires", "2999-01-01", "zoe");
    Result list = run("", "user", "list", "--users", file());
    assertThat(list.out().lines())
        .containsExactly(
            "etl",
            "  roles       none",
            "  attributes  none",
            "  logs in by  certificate 'CN=etl, O=Example'",
            "zoe",
            "  roles       analyst, pm",
            "  attributes  none",
            "  logs in by  password, token 'x' until 2999-01-01");
  }

  @Test
  void whatCannotBeDoneIsSaidWithoutATrace() throws Exception {
    String before = Files.readString(users);
    Result unknown =
        run(
            "pw\n",
            "user",
            "add",
            "--config",
            configuration.toString(),
            "--role",
            "analist",
            "ana");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("declares no role analist; there are analyst");
    assertThat(run("", "user", "passwd", "--users", file(), "ana").err())
        .contains("There is no password to hash.");
    assertThat(run("pw\n", "user", "passwd", "--users", file(), "ana").err())
        .contains("There is no user 'ana'.")
        .doesNotContain("\tat ");
    assertThat(run("pw\n", "user", "add", "--users", file(), "a:b").err())
        .contains("must not be blank nor hold a colon");
    assertThat(run("", "user", "list").code()).isEqualTo(2);
    assertThat(run("", "user", "list", "--users", "nowhere.yaml").err())
        .contains("nowhere.yaml can't be read");
    assertThat(Files.readString(users)).isEqualTo(before);
  }
}
