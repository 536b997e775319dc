package io.plumbline.masking;

import io.plumbline.definitions.Position;
import io.plumbline.masking.PolicyDocument.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code tags}: what columns are, and how they are masked. */
final class ColumnTagReader {

  private static final Set<String> KEYS =
      Set.of(
          "table",
          "dataset",
          "column",
          "classification",
          "masking_policy",
          "expression",
          "applies_to_roles",
          "exempt_roles",
          "aggregates",
          "access_audit");
  private static final List<String> MASKS =
      List.of(
          "none",
          "redact",
          "nullify",
          "hash_sha256",
          "show_last_4",
          "show_first_4",
          "email_domain",
          "date_year",
          "bucket(10)",
          "expression");
  private static final Pattern BUCKET = Pattern.compile("bucket\\(([1-9][0-9]{0,8})\\)");
  private static final int SHOWN = 4;

  private final PolicyDocument document;
  private final DeclaredRoles roles;

  ColumnTagReader(PolicyDocument document, DeclaredRoles roles) {
    this.document = document;
    this.roles = roles;
  }

  List<ColumnTag> read(List<Node> entries) {
    return entries.stream().flatMap(entry -> tag(entry).stream()).toList();
  }

  private Optional<ColumnTag> tag(Node entry) {
    Map<String, Node> keys = document.section(entry, "an entry of 'tags'", KEYS);
    MaskPolicy mask = mask(keys, entry);
    RoleSet appliesTo =
        mask instanceof MaskPolicy.None && !keys.containsKey("applies_to_roles")
            ? new RoleSet(Set.of(), false)
            : roles.set(keys, "applies_to_roles", entry);
    Set<String> exempt = roles.known(document.optionalWords(keys, "exempt_roles"));
    Optional<String> classification =
        Optional.ofNullable(keys.get("classification"))
            .flatMap(node -> document.word(node, "'classification'"))
            .map(Word::text);
    boolean denied = aggregatesDenied(keys);
    boolean audited = document.flag(keys, "access_audit");
    Optional<Word> column = document.required(keys, "column", entry, "Name the column.");
    return column.flatMap(
        c ->
            target(keys, entry, c.text())
                .map(
                    target ->
                        new ColumnTag(
                            target,
                            classification,
                            mask,
                            appliesTo,
                            exempt,
                            denied,
                            audited,
                            c.at())));
  }

  private Optional<ColumnTag.Target> target(Map<String, Node> keys, Node entry, String column) {
    if (keys.containsKey("table") == keys.containsKey("dataset")) {
      document.report(
          document.at(entry), "A tag is of a table or of a dataset.", "Name one of the two.");
      return Optional.empty();
    }
    if (keys.containsKey("dataset")) {
      return document
          .word(keys.get("dataset"), "'dataset'")
          .map(dataset -> new ColumnTag.Target.OfDataset(dataset.text(), column));
    }
    return document
        .table(keys.get("table"))
        .map(table -> new ColumnTag.Target.OfTable(table, column));
  }

  private boolean aggregatesDenied(Map<String, Node> keys) {
    Optional<Word> word =
        Optional.ofNullable(keys.get("aggregates"))
            .flatMap(node -> document.word(node, "'aggregates'"));
    word.filter(w -> !w.text().equals("deny") && !w.text().equals("allow"))
        .ifPresent(
            w -> document.report(w.at(), "'aggregates' must be allow or deny.", "Write deny."));
    return word.filter(w -> w.text().equals("deny")).isPresent();
  }

  private MaskPolicy mask(Map<String, Node> keys, Node entry) {
    Optional<Word> word =
        Optional.ofNullable(keys.get("masking_policy"))
            .flatMap(node -> document.word(node, "'masking_policy'"));
    if (word.isEmpty()) {
      return new MaskPolicy.None();
    }
    Position at = word.get().at();
    return switch (word.get().text()) {
      case "none" -> new MaskPolicy.None();
      case "redact" -> new MaskPolicy.Redact();
      case "nullify" -> new MaskPolicy.Nullify();
      case "hash_sha256" -> new MaskPolicy.HashSha256();
      case "show_last_4" -> new MaskPolicy.ShowLast(SHOWN);
      case "show_first_4" -> new MaskPolicy.ShowFirst(SHOWN);
      case "email_domain" -> new MaskPolicy.EmailDomain();
      case "date_year" -> new MaskPolicy.DateYear();
      case "expression" -> custom(keys, entry);
      default -> bucket(word.get().text(), at);
    };
  }

  private MaskPolicy custom(Map<String, Node> keys, Node entry) {
    if (!keys.containsKey("expression")) {
      document.report(
          document.at(entry), "The key 'expression' is missing.", "Write SQL over the columns.");
      return new MaskPolicy.Nullify();
    }
    return document
        .sql(keys.get("expression"), "'expression'")
        .<MaskPolicy>map(MaskPolicy.Custom::new)
        .orElseGet(MaskPolicy.Nullify::new);
  }

  private MaskPolicy bucket(String text, Position at) {
    Matcher matcher = BUCKET.matcher(text);
    if (matcher.matches()) {
      return new MaskPolicy.Bucket(Integer.parseInt(matcher.group(1)));
    }
    document.report(at, "There is no mask '" + text + "'.", Suggestion.among(MASKS, text));
    return new MaskPolicy.Nullify();
  }
}
