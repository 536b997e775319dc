/** Tests of the engine through its sessions, on a real PostgreSQL. */
@NullMarked
package io.plumbline.engine;

import org.jspecify.annotations.NullMarked;
