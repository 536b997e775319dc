/** The HTTP server: one port for both codecs of the protocol, limits, health. */
@NullMarked
package io.plumbline.server.http;

import org.jspecify.annotations.NullMarked;
