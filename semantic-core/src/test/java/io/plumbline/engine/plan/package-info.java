/** Tests of planning: the calendar without a database, lowering over tiny companies. */
@NullMarked
package io.plumbline.engine.plan;

import org.jspecify.annotations.NullMarked;
