/** The dialect, the catalog and the execution against a real PostgreSQL. */
@NullMarked
package io.plumbline.engine.warehouse;

import org.jspecify.annotations.NullMarked;
