/** The way of a query: metric lowering, dataset lowering, governing. */
@NullMarked
package io.plumbline.engine.plan;

import org.jspecify.annotations.NullMarked;
