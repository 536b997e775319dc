package io.plumbline.masking;

import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 *   - {role: pm, allowed_schemas: [metrics, analytics, app], denied_schemas: [stripe],
 *      denied_columns: [ip_address], query_limits: {max_runtime_seconds: 120}}
 * tags:
 *   - {table: app.users, column: email, classification: PII, masking_policy: hash_sha256,
 *      applies_to_roles: [analyst, pm]}
 * entities:
 *   - {entity: account, key: account_id, tables: {app.users: account_id}, shared: [app.plans]}
 * row_filters:
 *   - {entity: account, name: own accounts, applies_to_roles: [analyst],
 *      filter: "account_id in (select account_id from cs.owners where owner = current_user)"}
 * physical_plan: [admin]
 * impersonate: [bi_server]
 * audit_log: [admin]
 * kill: [admin]
 * }</pre>
 *
 * Every problem of the file is reported at once. Parts of the policy language that are not enforced
 * yet are refused, so that nothing looks governed that is not.
 */
public final class PolicyReader {

  private static final Set<String> KEYS =
      Set.of(
          "version",
          "roles",
          "self_service",
          "physical_plan",
          "impersonate",
          "audit_log",
          "kill",
          "tags",
          "row_filters",
          "entities");

  /**
   * Reads the text of a policy file.
   *
   * @param file the name that problems give it
   * @throws PolicyException if anything in it is wrong; nothing of it may be used then
   */
  public Policies read(String file, String text) throws PolicyException {
    PolicyDocument document = new PolicyDocument(file, text);
    Policies policies = policies(document, compose(file, text), hash(text));
    if (!document.problems().isEmpty()) {
      throw new PolicyException(document.problems());
    }
    return policies;
  }

  private static Policies policies(PolicyDocument document, Node root, String version) {
    Map<String, Node> keys = document.section(root, "a policy file", KEYS);
    checkVersion(document, keys);
    DeclaredRoles roles = DeclaredRoles.read(document, keys, root);
    RoleRightsReader rights = new RoleRightsReader(document, roles);
    ColumnTagReader tags = new ColumnTagReader(document, roles);
    EntityTablesReader entities = new EntityTablesReader(document);
    Map<String, EntityTables> owned = entities.read(document.optionalItems(keys, "entities"));
    RowFilterReader filters = new RowFilterReader(document, roles, owned.keySet());
    return new Policies(
        rights.read(document.optionalItems(keys, "self_service")),
        tags.read(document.optionalItems(keys, "tags")),
        filters.read(document.optionalItems(keys, "row_filters")),
        owned,
        roles.known(document.optionalWords(keys, "physical_plan")),
        roles.known(document.optionalWords(keys, "impersonate")),
        roles.known(document.optionalWords(keys, "audit_log")),
        roles.known(document.optionalWords(keys, "kill")),
        version);
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
