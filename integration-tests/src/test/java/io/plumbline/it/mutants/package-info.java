/** The product with one rule switched off at a time: some suite has to notice. */
@NullMarked
package io.plumbline.it.mutants;

import org.jspecify.annotations.NullMarked;
