package io.plumbline.server.auth;

import java.io.StringReader;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of a users file, into which something is written where it belongs. All the rest stays as
 * it is, with its comments and its order, since a person wrote it. Whether the outcome says what it
 * should is for {@link UsersFileEditor} to check.
 */
final class UsersText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@+/-]*");

  private final String text;
  private final SequenceNode users;

  /**
   * @param text of a file that {@link UsersFile} has read without a problem
   */
  UsersText(String text) {
    this.text = text;
    Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    this.users = (SequenceNode) value((MappingNode) root, "users").orElseThrow();
  }

  String withUser(User user) {
    if (users.getValue().isEmpty()) {
      int start = offset(users.getStartMark().getIndex());
      String before = text.substring(0, start).stripTrailing();
      String after = text.substring(offset(users.getEndMark().getIndex()));
      return before + "\n" + lines(user, "  ").stripTrailing() + (after.isEmpty() ? "\n" : after);
    }
    return users.getFlowStyle() == FlowStyle.FLOW
        ? beforeEnd(users, "{" + String.join(", ", entries(user)) + "}")
        : afterLine(end(users), lines(user, " ".repeat(users.getStartMark().getColumn())));
  }

  String withPassword(String name, PasswordHash password) {
    MappingNode user = user(name);
    Optional<Node> old = value(user, "password");
    if (old.isEmpty()) {
      return withEntry(user, "password: " + password);
    }
    return text.substring(0, offset(old.get().getStartMark().getIndex()))
        + password
        + text.substring(offset(old.get().getEndMark().getIndex()));
  }

  String withToken(String name, User.Token token) {
    MappingNode user = user(name);
    if (value(user, "tokens").orElse(null) instanceof SequenceNode tokens) {
      return tokens.getFlowStyle() == FlowStyle.FLOW
          ? beforeEnd(tokens, flow(token))
          : afterLine(
              end(tokens),
              " ".repeat(tokens.getStartMark().getColumn()) + "- " + flow(token) + "\n");
    }
    return withEntry(user, "tokens: [" + flow(token) + "]");
  }

  // ---- places ----

  private MappingNode user(String name) {
    return users.getValue().stream()
        .map(MappingNode.class::cast)
        .filter(
            user ->
                value(user, "name").orElse(null) instanceof ScalarNode scalar
                    && scalar.getValue().equals(name))
        .findAny()
        .orElseThrow();
  }

  private static Optional<Node> value(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(entry -> ((ScalarNode) entry.getKeyNode()).getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findAny();
  }

  /** Beside the user's name, in the style of the user. */
  private String withEntry(MappingNode user, String entry) {
    int name = end(value(user, "name").orElseThrow());
    if (user.getFlowStyle() == FlowStyle.FLOW) {
      return text.substring(0, name) + ", " + entry + text.substring(name);
    }
    return afterLine(name, " ".repeat(user.getStartMark().getColumn()) + entry + "\n");
  }

  private String beforeEnd(SequenceNode list, String item) {
    int bracket = offset(list.getEndMark().getIndex()) - 1;
    String comma = list.getValue().isEmpty() ? "" : ", ";
    return text.substring(0, bracket).stripTrailing() + comma + item + text.substring(bracket);
  }

  /** Where a node's last value ends: the mark of a block is behind the comments that follow it. */
  private int end(Node node) {
    if (node instanceof CollectionNode<?> collection
        && collection.getFlowStyle() != FlowStyle.FLOW
        && !collection.getValue().isEmpty()) {
      Object last = collection.getValue().get(collection.getValue().size() - 1);
      return end(last instanceof NodeTuple entry ? entry.getValueNode() : (Node) last);
    }
    return offset(node.getEndMark().getIndex());
  }

  private String afterLine(int place, String lines) {
    String newline = text.contains("\r\n") ? "\r\n" : "\n";
    String written = lines.replace("\n", newline);
    int end = text.indexOf('\n', place);
    return end < 0
        ? text + newline + written
        : text.substring(0, end + 1) + written + text.substring(end + 1);
  }

  /** Marks count code points. */
  private int offset(int codePoints) {
    return text.offsetByCodePoints(0, codePoints);
  }

  // ---- what is written ----

  private static String lines(User user, String indent) {
    return indent + "- " + String.join("\n" + indent + "  ", entries(user)) + "\n";
  }

  private static List<String> entries(User user) {
    List<String> entries = new ArrayList<>();
    entries.add("name: " + scalar(user.name()));
    user.password().ifPresent(hash -> entries.add("password: " + hash));
    entries.add("roles: " + list(user.roles().stream().sorted().map(UsersText::scalar).toList()));
    if (!user.attributes().isEmpty()) {
      entries.add("attributes: " + flow(user.attributes()));
    }
    if (!user.tokens().isEmpty()) {
      entries.add("tokens: " + list(user.tokens().stream().map(UsersText::flow).toList()));
    }
    if (!user.certificates().isEmpty()) {
      entries.add(
          "certificates: "
              + list(user.certificates().stream().map(c -> scalar(c.toString())).toList()));
    }
    return entries;
  }

  private static String list(List<String> items) {
    return "[" + String.join(", ", items) + "]";
  }

  private static String flow(Map<String, String> values) {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> scalar(entry.getKey()) + ": " + scalar(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String flow(User.Token token) {
    String expires =
        token
            .expires()
            .map(end -> ", expires: " + LocalDate.ofInstant(end, ZoneOffset.UTC))
            .orElse("");
    return "{label: " + scalar(token.label()) + ", hash: " + token.hash() + expires + "}";
  }

  private static String scalar(String value) {
    return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "''") + "'";
  }
}
