/** Tests of compiling models and of what principals see of them. */
@NullMarked
package io.plumbline.engine.catalog;

import org.jspecify.annotations.NullMarked;
