/** Connections over a PostgreSQL in a container, where a Docker engine is there. */
@NullMarked
package io.plumbline.it.containers;

import org.jspecify.annotations.NullMarked;
