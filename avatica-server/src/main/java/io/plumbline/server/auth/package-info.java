/** Who is calling: users and their password hashes, verification, throttling. */
@NullMarked
package io.plumbline.server.auth;

import org.jspecify.annotations.NullMarked;
