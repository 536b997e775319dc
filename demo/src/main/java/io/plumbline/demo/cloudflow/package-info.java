/** Generates and loads the company CloudFlow. */
@NullMarked
package io.plumbline.demo.cloudflow;

import org.jspecify.annotations.NullMarked;
