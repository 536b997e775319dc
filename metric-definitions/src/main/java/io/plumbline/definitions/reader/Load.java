package io.plumbline.definitions.reader;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.SemanticModel;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One load of definition files: all or nothing. */
public final class Load {

  private final List<DefinitionFile> base;
  private final List<DefinitionFile> files;

  /**
   * @param base files that come first, in this order
   * @param files the others, which are read in the order of their names
   */
  public Load(List<DefinitionFile> base, List<DefinitionFile> files) {
    this.base = List.copyOf(base);
    this.files = files.stream().sorted(Comparator.comparing(DefinitionFile::name)).toList();
  }

  /**
   * @throws DefinitionException with every problem of the files
   */
  public SemanticModel model() throws DefinitionException {
    Problems problems = new Problems();
    Declarations declarations = new Declarations();
    FileReader reader = new FileReader(problems, declarations);
    base.forEach(reader::read);
    declarations.endOfCanonical();
    files.forEach(reader::read);
    Draft draft = declarations.draft();
    Rules.ALL.forEach(rule -> rule.check(draft, problems));
    problems.throwIfAny();
    return new Assembly(draft)
        .model(ModelVersion.of(Stream.concat(base.stream(), files.stream()).toList()));
  }
}
