/** Movements, retention and trailing users over many rows, against hand-written SQL. */
@NullMarked
package io.plumbline.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
