/** Tests: The HTTP side. */
@NullMarked
package io.plumbline.server.http;

import org.jspecify.annotations.NullMarked;
