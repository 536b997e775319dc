/** The warehouse: its tables and types, its dialect, its connections, one statement at a time. */
@NullMarked
package io.plumbline.engine.warehouse;

import org.jspecify.annotations.NullMarked;
