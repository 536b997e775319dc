package io.plumbline.server.auth;

import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import io.plumbline.definitions.reader.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Changes a users file that a person wrote. Nothing is written unless the new file says exactly
 * what the old one said and the change.
 */
public final class UsersFileEditor {

  private static final String NO_USERS = "users: []\n";

  private final Path file;

  public UsersFileEditor(Path file) {
    this.file = file;
  }

  /**
   * Adds a user, and makes the file if there is none.
   *
   * @throws UsersFileException if there is such a user, or the file has problems
   */
  public void add(User user) throws IOException, UsersFileException {
    change(
        before -> {
          if (before.find(user.name()).isPresent()) {
            throw problem("There is a user '" + user.name() + "' already.", "Take another name.");
          }
          return user;
        },
        (text, added) -> text.withUser(added));
  }

  /**
   * Gives a user another password.
   *
   * @throws UsersFileException if there is no such user, or the file has problems
   */
  public void setPassword(String name, PasswordHash password)
      throws IOException, UsersFileException {
    change(
        before -> existing(before, name).withPassword(password),
        (text, user) -> text.withPassword(name, password));
  }

  /**
   * Gives a user one more token.
   *
   * @throws UsersFileException if there is no such user, or the file has problems
   */
  public void addToken(String name, User.Token token) throws IOException, UsersFileException {
    change(
        before -> {
          User user = existing(before, name);
          if (user.tokens().stream().anyMatch(t -> t.label().equals(token.label()))) {
            throw problem(
                "'" + name + "' has a token '" + token.label() + "' already.",
                "Take another label, or remove the old token from the file.");
          }
          return user.withToken(token);
        },
        (text, user) -> text.withToken(name, token));
  }

  private interface Change {
    User of(Users before) throws UsersFileException;
  }

  private interface Writing {
    String of(UsersText text, User user);
  }

  private void change(Change change, Writing writing) throws IOException, UsersFileException {
    try (FileReplacement replacement = FileReplacement.of(file)) {
      String text = Files.exists(file) ? Files.readString(file) : NO_USERS;
      Users before = UsersFile.parse(file.toString(), text);
      User user = change.of(before);
      String written = writing.of(new UsersText(text), user);
      failUnlessOnlyChanged(before, user, written);
      replacement.write(written);
    }
  }

  private void failUnlessOnlyChanged(Users before, User user, String written)
      throws UsersFileException {
    Users expected;
    try {
      expected = before.with(user);
    } catch (IllegalArgumentException e) {
      throw problem("It can't be: " + e.getMessage() + ".", "Give each user their own.");
    }
    if (!expected.equals(parsed(written))) {
      throw problem(
          "It is written in a way that this command can't change.",
          "Write one user after the other, each with a dash, and no anchors.");
    }
  }

  private Users parsed(String written) {
    try {
      return UsersFile.parse(file.toString(), written);
    } catch (UsersFileException e) {
      return new Users(List.of());
    }
  }

  private User existing(Users users, String name) throws UsersFileException {
    return users
        .find(name)
        .orElseThrow(
            () ->
                problem(
                    "There is no user '" + name + "'.",
                    Suggestion.insteadOf(
                        name, users.all().stream().map(User::name).collect(Collectors.toSet()))));
  }

  private UsersFileException problem(String what, String remedy) {
    return new UsersFileException(
        List.of(new Problem(new Position(file.toString(), 1, 1), what, remedy)));
  }
}
