/** How long definitions take to load, and whether planning slows down with their number. */
@NullMarked
package io.plumbline.benchmarks.definitions;

import org.jspecify.annotations.NullMarked;
