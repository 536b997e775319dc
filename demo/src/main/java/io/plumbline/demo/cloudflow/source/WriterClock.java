package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * How the product's writers stored times: the old one as the wall clock of Los Angeles, the new one
 * as UTC.
 */
final class WriterClock {
  private static final List<String> LEGACY = List.of("2.1.0", "2.4.7", "2.9.3");
  private static final List<String> CURRENT = List.of("3.0.2", "3.1.0", "3.2.5");

  private final long seed;

  WriterClock(long seed) {
    this.seed = seed;
  }

  String version(Subscription subscription) {
    return Dice.of(seed, "writer", subscription.number())
        .pick(subscription.isLegacy() ? LEGACY : CURRENT);
  }

  static LocalDateTime stored(Subscription subscription, long instant) {
    return subscription.isLegacy() ? pacific(instant) : Timeline.utc(instant);
  }

  /** The old writer notices summer time an hour late, and so stores an hour that does not exist. */
  private static LocalDateTime pacific(long instant) {
    ZoneOffsetTransition change =
        Timeline.PACIFIC.getRules().previousTransition(Instant.ofEpochSecond(instant + 1));
    boolean unnoticed = change.isGap() && instant - change.toEpochSecond() < 3_600;
    return Timeline.pacific(instant).minusHours(unnoticed ? 1 : 0);
  }

  /** Whether the stored wall clock is one that happens twice or not at all in Los Angeles. */
  static boolean isClockChange(LocalDateTime wallClock) {
    return Timeline.PACIFIC.getRules().getValidOffsets(wallClock).size() != 1;
  }
}
