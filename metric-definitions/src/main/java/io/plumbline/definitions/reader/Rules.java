package io.plumbline.definitions.reader;

import java.util.List;

/** Every rule, in the order in which they run. None depends on another: problems are sorted. */
final class Rules {

  static final List<Rule> ALL = List.of();

  private Rules() {}
}
