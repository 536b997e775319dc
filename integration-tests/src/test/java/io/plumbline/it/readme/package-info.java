/** The README, executed. */
@NullMarked
package io.plumbline.it.readme;

import org.jspecify.annotations.NullMarked;
