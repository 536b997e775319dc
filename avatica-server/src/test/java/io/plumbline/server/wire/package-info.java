/** Tests: The protocol. */
@NullMarked
package io.plumbline.server.wire;

import org.jspecify.annotations.NullMarked;
