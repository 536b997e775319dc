/** Loads the golden company from its input files. */
@NullMarked
package io.plumbline.demo.golden;

import org.jspecify.annotations.NullMarked;
