/** What can be said to the parser, and what it says about the rest. */
@NullMarked
package io.plumbline.engine.sql;

import org.jspecify.annotations.NullMarked;
