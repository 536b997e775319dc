/** Tests: The server with the stock driver. */
@NullMarked
package io.plumbline.server;

import org.jspecify.annotations.NullMarked;
