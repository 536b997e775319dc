package io.plumbline.demo;

/** Hears how far a load has come. */
@FunctionalInterface
public interface ProgressListener {

  /** Hears nothing. */
  ProgressListener SILENT = (step, fraction) -> {};

  /**
   * Called now and then, from the loading thread.
   *
   * @param step what is being done, such as the name of a table
   * @param fraction how much of the whole load is done, 0 to 1, never falling
   */
  void progress(String step, double fraction);
}
