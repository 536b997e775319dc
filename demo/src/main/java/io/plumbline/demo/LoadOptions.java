package io.plumbline.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How much of a company to load, and from where.
 *
 * @param scale the size of a generated company; 1.0 is 4,200 paying workspaces
 * @param seed what a generated company is drawn from; the same seed and scale give the same bytes
 * @param data a folder of input files instead of those that are shipped
 */
public record LoadOptions(double scale, long seed, Optional<Path> data) {
  private static final double SMALLEST = 0.02;
  private static final double LARGEST = 4.0;

  /** Starts in well under a minute. */
  public static final LoadOptions SMALL = new LoadOptions(0.02, 20260228L, Optional.empty());

  public LoadOptions {
    if (!(scale >= SMALLEST && scale <= LARGEST)) {
      throw new DemoException(
          "The scale "
              + scale
              + " is out of range. Choose one from "
              + SMALLEST
              + " to "
              + LARGEST
              + ".");
    }
  }

  public LoadOptions withScale(double other) {
    return new LoadOptions(other, seed, data);
  }

  public LoadOptions withData(Path folder) {
    return new LoadOptions(scale, seed, Optional.of(folder));
  }
}
