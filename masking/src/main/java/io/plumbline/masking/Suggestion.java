package io.plumbline.masking;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What the author of a policy file may have meant. */
final class Suggestion {

  private Suggestion() {}

  /** "Did you mean 'x'?" where a candidate is near, else the list of candidates. */
  static String among(Collection<String> candidates, String written) {
    return candidates.stream()
        .filter(candidate -> distance(candidate, written) <= Math.max(1, written.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(candidate, written)))
        .map(nearest -> "Did you mean '" + nearest + "'?")
        .orElseGet(
            () ->
                "Use one of: "
                    + candidates.stream().sorted().collect(Collectors.joining(", "))
                    + ".");
  }

  /** Insertions, deletions and replacements that turn one word into the other. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
