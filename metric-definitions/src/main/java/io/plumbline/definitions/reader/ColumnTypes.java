package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the key {@code type} of columns. */
final class ColumnTypes {

  /** Of keys, whose type is the company's affair: text unless the mapping says otherwise. */
  private static final String IDENTIFIER = "identifier";

  private static final List<DataType> OF_IDENTIFIERS =
      List.of(DataType.TEXT, DataType.BIGINT, DataType.INTEGER);

  private ColumnTypes() {}

  /** The types that a contract allows, the usual one first; empty if it says none. */
  static List<DataType> allowed(Fields fields) {
    Optional<Name> word = fields.name("type");
    if (word.isPresent() && word.get().text().equals(IDENTIFIER)) {
      return OF_IDENTIFIERS;
    }
    return word.flatMap(w -> parse(fields, w, Stream.of(IDENTIFIER))).stream().toList();
  }

  /** The one type that a mapping says. */
  static Optional<DatasetDeclaration.TypeName> exact(Fields fields) {
    return fields
        .name("type")
        .flatMap(
            word ->
                parse(fields, word, Stream.empty())
                    .map(type -> new DatasetDeclaration.TypeName(type, word.at())));
  }

  private static Optional<DataType> parse(Fields fields, Name word, Stream<String> more) {
    Optional<DataType> type =
        Arrays.stream(DataType.values()).filter(t -> t.yamlName().equals(word.text())).findAny();
    if (type.isEmpty()) {
      Stream<String> names = Arrays.stream(DataType.values()).map(DataType::yamlName);
      fields
          .problems()
          .add(
              word.at(),
              "%s has the unknown type '%s'.".formatted(fields.what(), word),
              Suggestion.insteadOf(word.text(), Stream.concat(names, more).toList()));
    }
    return type;
  }
}
