package io.plumbline.server.auth;

import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the users file:
 *
 * <pre>{@code
 * users:
 *   - name: ana
 *     password: pbkdf2-sha512$210000$...$...
 *     roles: [analyst]
 *     attributes: {email: ana@example.com}
 * }</pre>
 */
public final class UsersFile {

  private static final Set<String> KEYS =
      Set.of("name", "password", "roles", "attributes", "tokens", "certificates");
  private static final Set<String> TOKEN_KEYS = Set.of("label", "hash", "expires");

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  private UsersFile(String file) {
    this.file = file;
  }

  /**
   * @throws UsersFileException with all problems of the file
   */
  public static Users read(Path file) throws IOException, UsersFileException {
    return parse(file.toString(), Files.readString(file));
  }

  /** Reads the text of a users file; {@code file} is its name in problems. */
  public static Users parse(String file, String text) throws UsersFileException {
    UsersFile reader = new UsersFile(file);
    Users users = reader.users(text);
    if (!reader.problems.isEmpty()) {
      throw new UsersFileException(reader.problems);
    }
    return users;
  }

  private Users users(String text) {
    Map<String, User> users = new LinkedHashMap<>();
    Set<Object> secrets = new HashSet<>();
    for (Node item : items(text)) {
      user(item)
          .filter(user -> hasOwnSecrets(user, item, secrets))
          .ifPresent(
              user -> {
                if (users.putIfAbsent(user.name(), user) != null) {
                  report(item, "User '" + user.name() + "' stands twice.", "Keep one of them.");
                }
              });
    }
    return new Users(users.values());
  }

  /** What lets somebody in must say who that is. */
  private boolean hasOwnSecrets(User user, Node item, Set<Object> secrets) {
    boolean tokens = user.tokens().stream().allMatch(token -> secrets.add(token.hash()));
    boolean certificates = user.certificates().stream().allMatch(secrets::add);
    if (!tokens || !certificates) {
      String what = tokens ? "A certificate" : "A token";
      report(item, what + " of '" + user.name() + "' stands twice.", "Keep one of them.");
    }
    return tokens && certificates;
  }

  private List<Node> items(String text) {
    try (Reader reader = new StringReader(text)) {
      Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
      Map<String, Node> top = root == null ? Map.of() : mapping(root, Set.of("users"), "the file");
      if (top.get("users") instanceof SequenceNode list) {
        return list.getValue();
      }
      problems.add(
          new Problem(new Position(file, 1, 1), "There is no list of users.", "Write 'users:'."));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      Position at = new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
      problems.add(new Problem(at, "This is not YAML: " + e.getProblem() + ".", ""));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory can't be read", e);
    }
    return List.of();
  }

  private Optional<User> user(Node node) {
    Map<String, Node> values = mapping(node, KEYS, "a user");
    Optional<String> name = text(node, values, "name");
    List<User.Token> tokens =
        items(values, "tokens").flatMap(item -> token(item).stream()).toList();
    Set<X500Principal> certificates =
        items(values, "certificates")
            .flatMap(item -> certificate(item).stream())
            .collect(Collectors.toSet());
    boolean needsPassword = tokens.isEmpty() && certificates.isEmpty();
    Optional<PasswordHash> password =
        needsPassword || values.containsKey("password")
            ? text(node, values, "password").flatMap(t -> hash(node, t))
            : Optional.empty();
    Set<String> roles = roles(values);
    Map<String, String> attributes = attributes(values);
    if (name.isEmpty() || needsPassword && password.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new User(name.get(), password, roles, attributes, tokens, certificates));
    } catch (IllegalArgumentException e) {
      report(values.getOrDefault("name", node), e.getMessage() + ".", "Choose another name.");
      return Optional.empty();
    }
  }

  private Stream<Node> items(Map<String, Node> values, String key) {
    Node node = values.get(key);
    if (node == null || node instanceof SequenceNode) {
      return node instanceof SequenceNode list ? list.getValue().stream() : Stream.empty();
    }
    report(node, "'" + key + "' must be a list.", "Write '" + key + ": [...]'.");
    return Stream.empty();
  }

  private Optional<User.Token> token(Node node) {
    Map<String, Node> values = mapping(node, TOKEN_KEYS, "a token");
    Optional<String> label = text(node, values, "label");
    Optional<TokenHash> hash = text(node, values, "hash").flatMap(t -> tokenHash(node, t));
    Optional<Instant> expires = Optional.empty();
    if (values.containsKey("expires")) {
      expires = text(node, values, "expires").flatMap(t -> endOf(values.get("expires"), t));
      if (expires.isEmpty()) {
        return Optional.empty();
      }
    }
    return label.isEmpty() || hash.isEmpty()
        ? Optional.empty()
        : Optional.of(new User.Token(label.get(), hash.get(), expires));
  }

  private Optional<TokenHash> tokenHash(Node node, String text) {
    try {
      return Optional.of(TokenHash.parse(text));
    } catch (IllegalArgumentException e) {
      report(node, "The token is " + e.getMessage() + ".", "Write the SHA-256 of it in Base64.");
      return Optional.empty();
    }
  }

  /** A token is valid until the day begins, in UTC. */
  private Optional<Instant> endOf(Node node, String text) {
    try {
      return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException e) {
      report(node, "'" + text + "' is no day.", "Write something like 2027-01-31.");
      return Optional.empty();
    }
  }

  private Optional<X500Principal> certificate(Node node) {
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    try {
      return Optional.of(new X500Principal(text));
    } catch (IllegalArgumentException e) {
      report(node, "This is no subject of a certificate.", "Write '\"CN=ana, O=Example\"'.");
      return Optional.empty();
    }
  }

  private Optional<PasswordHash> hash(Node node, String text) {
    try {
      return Optional.of(PasswordHash.parse(text));
    } catch (IllegalArgumentException e) {
      report(node, "The password is " + e.getMessage() + ".", "Store a hash, never the password.");
      return Optional.empty();
    }
  }

  private Optional<String> text(Node user, Map<String, Node> values, String key) {
    if (values.get(key) instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue());
    }
    report(user, "A user has no " + key + ".", "Write '" + key + ": ...'.");
    return Optional.empty();
  }

  private Set<String> roles(Map<String, Node> values) {
    Set<String> roles = new LinkedHashSet<>();
    Node node = values.get("roles");
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        if (item instanceof ScalarNode scalar) {
          roles.add(scalar.getValue());
        } else {
          report(item, "A role must be a name.", "Write 'roles: [analyst]'.");
        }
      }
    } else if (node != null) {
      report(node, "Roles must be a list.", "Write 'roles: [analyst]'.");
    }
    return roles;
  }

  private Map<String, String> attributes(Map<String, Node> values) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Node node = values.get("attributes");
    if (node == null) {
      return attributes;
    }
    mapping(node, Set.of(), "attributes")
        .forEach(
            (key, value) -> {
              if (value instanceof ScalarNode scalar) {
                attributes.put(key, scalar.getValue());
              } else {
                report(value, "Attribute '" + key + "' must be one value.", "Write a text.");
              }
            });
    return attributes;
  }

  /** Keys and values; an empty set of known keys allows any. */
  private Map<String, Node> mapping(Node node, Set<String> known, String what) {
    Map<String, Node> values = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      report(node, what + " must be a mapping.", "Write keys and values.");
      return values;
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        report(entry.getKeyNode(), "A key must be a word.", "");
      } else if (!known.isEmpty() && !known.contains(key.getValue())) {
        String remedy = "Known are: " + String.join(", ", known.stream().sorted().toList()) + ".";
        report(key, "Unknown key '" + key.getValue() + "' in " + what + ".", remedy);
      } else if (values.putIfAbsent(key.getValue(), entry.getValueNode()) != null) {
        report(key, "Key '" + key.getValue() + "' stands twice.", "Keep one of them.");
      }
    }
    return values;
  }

  private void report(Node node, String what, String remedy) {
    Mark mark = node.getStartMark();
    Position at = new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    problems.add(new Problem(at, what, remedy));
  }
}
