/** Tests: Users and verification. */
@NullMarked
package io.plumbline.server.auth;

import org.jspecify.annotations.NullMarked;
