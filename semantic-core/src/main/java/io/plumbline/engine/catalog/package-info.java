/** What a session sees: semantic tables, published views, source tables. */
@NullMarked
package io.plumbline.engine.catalog;

import org.jspecify.annotations.NullMarked;
