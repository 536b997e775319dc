/** Benchmarks of planning and of the wire, with their baselines in the same run. */
@NullMarked
package io.plumbline.benchmarks;

import org.jspecify.annotations.NullMarked;
