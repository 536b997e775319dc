/** What a policy file may say, and what a governor makes of it. */
@NullMarked
package io.plumbline.masking;

import org.jspecify.annotations.NullMarked;
