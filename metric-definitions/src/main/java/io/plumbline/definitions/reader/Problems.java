package io.plumbline.definitions.reader;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with the files of one load, so that it can be told together. */
final class Problems {

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.at().file())
          .thenComparing(p -> p.at().line())
          .thenComparing(p -> p.at().column());

  private final List<Problem> found = new ArrayList<>();

  void add(Position at, String what, String remedy) {
    found.add(new Problem(at, what, remedy));
  }

  int count() {
    return found.size();
  }

  void throwIfAny() throws DefinitionException {
    if (!found.isEmpty()) {
      throw new DefinitionException(found.stream().distinct().sorted(BY_PLACE).toList());
    }
  }
}
