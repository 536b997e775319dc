/**
 * Random histories of accounts, asked of the engine and worked out in plain Java beside it. The
 * reference reads the list of intervals and knows nothing of the engine.
 */
@NullMarked
package io.plumbline.it.histories;

import org.jspecify.annotations.NullMarked;
