package io.plumbline.engine.plan;

/**
 * The plan depends on the value of a {@code ?}, such as one in a time filter: plan again when the
 * values are known.
 */
final class ParameterNeededException extends RuntimeException {

  ParameterNeededException() {
    super("the plan depends on a parameter", null, false, false);
  }
}
