package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Dice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Draws the rows that a kind of dirt befalls: a share of them, but at least one if there is any.
 */
final class Sample {
  private Sample() {}

  static <T> Set<T> of(List<T> items, double share, Dice dice) {
    return of(items, item -> true, share * items.size(), dice);
  }

  /** About so many of the items that fulfil the condition. */
  static <T> Set<T> of(List<T> items, Predicate<T> condition, double count, Dice dice) {
    List<T> possible = new ArrayList<>(items);
    possible.removeIf(condition.negate());
    dice.shuffle(possible);
    int size = (int) Math.min(possible.size(), Math.max(1, Math.round(count)));
    Set<T> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    chosen.addAll(possible.subList(0, size));
    return chosen;
  }
}
