/** The demo companies and the PostgreSQL that holds them. */
@NullMarked
package io.plumbline.demo;

import org.jspecify.annotations.NullMarked;
