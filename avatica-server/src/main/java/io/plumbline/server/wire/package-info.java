/** The Avatica protocol: calls, connections, statements that run in the background, frames. */
@NullMarked
package io.plumbline.server.wire;

import org.jspecify.annotations.NullMarked;
