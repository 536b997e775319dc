@NullMarked
package io.plumbline.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
