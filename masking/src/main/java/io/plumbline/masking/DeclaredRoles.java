package io.plumbline.masking;

import io.plumbline.masking.PolicyDocument.Word;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** The roles that a policy file declares, and the words in it that name them. */
record DeclaredRoles(PolicyDocument document, Set<String> names) {

  static DeclaredRoles read(PolicyDocument document, Map<String, Node> keys, Node root) {
    if (!keys.containsKey("roles")) {
      document.report(document.at(root), "The key 'roles' is missing.", "List every role.");
    }
    Set<String> names = new LinkedHashSet<>();
    for (Word role : document.optionalWords(keys, "roles")) {
      if (role.text().equals(RoleSet.ALL)) {
        document.report(role.at(), "No role may be called ALL.", "ALL means everyone.");
      } else if (!names.add(role.text())) {
        document.report(
            role.at(), "Role '" + role.text() + "' is declared twice.", "Keep one of them.");
      }
    }
    return new DeclaredRoles(document, names);
  }

  /** The words that are declared roles; the others are reported. */
  Set<String> known(List<Word> words) {
    for (Word word : words) {
      if (!names.contains(word.text())) {
        document.report(
            word.at(),
            "Role '" + word.text() + "' is not declared in 'roles'.",
            Suggestion.among(names, word.text()));
      }
    }
    return words.stream().map(Word::text).filter(names::contains).collect(Collectors.toSet());
  }

  /** The roles that a rule is for; a rule without any is for nobody, which can't be meant. */
  RoleSet set(Map<String, Node> keys, String key, Node section) {
    if (!keys.containsKey(key)) {
      document.report(
          document.at(section), "The key '" + key + "' is missing.", "List roles, or write [ALL].");
    }
    List<Word> words = document.optionalWords(keys, key);
    boolean everyone = words.stream().anyMatch(word -> word.text().equals(RoleSet.ALL));
    return new RoleSet(
        known(words.stream().filter(word -> !word.text().equals(RoleSet.ALL)).toList()), everyone);
  }
}
