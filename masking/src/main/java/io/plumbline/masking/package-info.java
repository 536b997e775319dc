/** Who may see what: a policy file becomes the {@link io.plumbline.engine.Governor}. */
@NullMarked
package io.plumbline.masking;

import org.jspecify.annotations.NullMarked;
