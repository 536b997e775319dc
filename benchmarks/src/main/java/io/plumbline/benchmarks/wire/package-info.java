/** How fast rows and small answers travel, compared with PostgreSQL's own driver. */
@NullMarked
package io.plumbline.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
