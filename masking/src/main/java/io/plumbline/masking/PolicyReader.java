package io.plumbline.masking;

import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import io.plumbline.masking.PolicyDocument.Word;
import io.plumbline.masking.SchemaRights.SchemaName;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a policy file:
 *
 * <pre>{@code
 * roles: [analyst, pm, admin]
 * self_service:
 *   - {role: admin, allowed_schemas: [ALL]}
 *   - {role: pm, allowed_schemas: [metrics, analytics, app], denied_schemas: [stripe]}
 * physical_plan: [admin]
 * }</pre>
 *
 * Every problem of the file is reported at once. Parts of the policy language that are not enforced
 * yet are refused, so that nothing looks governed that is not.
 */
public final class PolicyReader {

  private static final Set<String> KEYS =
      Set.of("version", "roles", "self_service", "physical_plan");
  private static final Set<String> LATER_KEYS = Set.of("tags", "row_filters", "impersonate");
  private static final Set<String> ROLE_KEYS = Set.of("role", "allowed_schemas", "denied_schemas");
  private static final Set<String> LATER_ROLE_KEYS =
      Set.of(
          "denied_columns",
          "denied_classifications",
          "query_limits",
          "min_group_size",
          "benchmark",
          "grants");

  /**
   * Reads the text of a policy file.
   *
   * @param file the name that problems give it
   * @throws PolicyException if anything in it is wrong; nothing of it may be used then
   */
  public Policies read(String file, String text) throws PolicyException {
    PolicyDocument document = new PolicyDocument(file);
    Policies policies = policies(document, compose(file, text), hash(text));
    if (!document.problems().isEmpty()) {
      throw new PolicyException(document.problems());
    }
    return policies;
  }

  private static Policies policies(PolicyDocument document, Node root, String version) {
    Map<String, Node> keys = document.section(root, "a policy file", KEYS, LATER_KEYS);
    checkVersion(document, keys);
    Map<String, SchemaRights> rights = new LinkedHashMap<>();
    if (keys.containsKey("roles")) {
      declareRoles(document, keys.get("roles"), rights);
    } else {
      document.report(document.at(root), "The key 'roles' is missing.", "List every role.");
    }
    Optional.ofNullable(keys.get("self_service"))
        .ifPresent(
            node ->
                document
                    .items(node, "'self_service'")
                    .forEach(entry -> addRights(document, entry, rights)));
    Set<String> physicalPlan =
        Optional.ofNullable(keys.get("physical_plan"))
            .map(node -> declared(document, document.words(node, "'physical_plan'"), rights))
            .orElse(Set.of());
    return new Policies(rights, physicalPlan, version);
  }

  private static void checkVersion(PolicyDocument document, Map<String, Node> keys) {
    Optional.ofNullable(keys.get("version"))
        .flatMap(node -> document.word(node, "'version'"))
        .filter(word -> !word.text().equals("1"))
        .ifPresent(
            word ->
                document.report(
                    word.at(), "Version " + word.text() + " is not known.", "Write version: 1."));
  }

  private static void declareRoles(
      PolicyDocument document, Node node, Map<String, SchemaRights> rights) {
    for (Word role : document.words(node, "'roles'")) {
      if (rights.put(role.text(), SchemaRights.NONE) != null) {
        document.report(
            role.at(), "Role '" + role.text() + "' is declared twice.", "Keep one of them.");
      }
    }
  }

  private static void addRights(
      PolicyDocument document, Node entry, Map<String, SchemaRights> rights) {
    Map<String, Node> keys =
        document.section(entry, "an entry of 'self_service'", ROLE_KEYS, LATER_ROLE_KEYS);
    SchemaRights added =
        new SchemaRights(
            schemas(document, keys, "allowed_schemas"), schemas(document, keys, "denied_schemas"));
    if (!keys.containsKey("role")) {
      document.report(document.at(entry), "The key 'role' is missing.", "Name the role.");
      return;
    }
    document
        .word(keys.get("role"), "'role'")
        .map(role -> declared(document, List.of(role), rights))
        .ifPresent(roles -> roles.forEach(role -> rights.merge(role, added, SchemaRights::and)));
  }

  private static List<SchemaName> schemas(
      PolicyDocument document, Map<String, Node> keys, String key) {
    return Optional.ofNullable(keys.get(key)).stream()
        .flatMap(node -> document.words(node, "'" + key + "'").stream())
        .map(word -> new SchemaName(word.text(), word.at()))
        .toList();
  }

  /** The words that are declared roles; the others are reported. */
  private static Set<String> declared(
      PolicyDocument document, List<Word> words, Map<String, SchemaRights> rights) {
    for (Word word : words) {
      if (!rights.containsKey(word.text())) {
        document.report(
            word.at(),
            "Role '" + word.text() + "' is not declared in 'roles'.",
            Suggestion.among(rights.keySet(), word.text()));
      }
    }
    return words.stream().map(Word::text).filter(rights::containsKey).collect(Collectors.toSet());
  }

  private static Node compose(String file, String text) throws PolicyException {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root != null) {
        return root;
      }
      throw unreadable(new Position(file, 1, 1), "The policy file is empty");
    } catch (MarkedYAMLException e) {
      Position at =
          Optional.ofNullable(e.getProblemMark())
              .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
              .orElse(new Position(file, 1, 1));
      throw unreadable(at, "Not readable as YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw unreadable(new Position(file, 1, 1), "Not readable as YAML: " + e.getMessage());
    }
  }

  private static PolicyException unreadable(Position at, String what) {
    return new PolicyException(
        List.of(new Problem(at, what + ".", "The smallest file is: roles: []")));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
