@NullMarked
package io.plumbline.benchmarks.planning;

import org.jspecify.annotations.NullMarked;
