/** What the layer tells of itself in the schema {@code catalog}, to each principal its own. */
@NullMarked
package io.plumbline.engine.about;

import org.jspecify.annotations.NullMarked;
