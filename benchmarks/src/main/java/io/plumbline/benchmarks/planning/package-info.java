/**
 * What it costs to plan a query: the first one, the next ones, and those that were asked before.
 */
@NullMarked
package io.plumbline.benchmarks.planning;

import org.jspecify.annotations.NullMarked;
