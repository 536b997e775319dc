package io.plumbline.it.histories;

import io.plumbline.it.mutants.Suite;
import java.util.ArrayList;
import java.util.List;

/** Asks an engine about random histories, and tells where it differs from the reference. */
final class HistoriesRun {

  private HistoriesRun() {}

  /**
   * The differences, a line for each cell that differs, under a line for each question that has
   * some.
   */
  static List<String> differences(long seed, int histories) throws Exception {
    return differences(seed, histories, Integer.MAX_VALUE);
  }

  /** The same, until as many questions have differed as are enough. */
  private static List<String> differences(long seed, int histories, int enough) throws Exception {
    World world = RandomWorld.of(seed, histories);
    List<String> lines = new ArrayList<>();
    int differing = 0;
    try (HistoriesEngine engine = HistoriesEngine.over(world)) {
      Differences differences = new Differences(engine, world);
      for (Question question : new Questions(seed).all()) {
        List<String> found = differences.of(question);
        if (!found.isEmpty()) {
          lines.add("seed %d: %s, known %s".formatted(seed, question.sql(), question.knownAt()));
          lines.addAll(found);
          if (++differing == enough) {
            break;
          }
        }
      }
    }
    return lines;
  }

  /**
   * A run in a process of its own: the seed, and how many histories. One question that differs is
   * enough.
   */
  public static void main(String[] arguments) throws Exception {
    List<String> lines =
        differences(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), 1);
    lines.stream().limit(20).forEach(System.out::println);
    System.exit(lines.isEmpty() ? 0 : Suite.NOTICED);
  }
}
