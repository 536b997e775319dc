/** What it costs a principal to be governed, beside one of whom nothing is withheld. */
@NullMarked
package io.plumbline.benchmarks.governance;

import org.jspecify.annotations.NullMarked;
