/** Tests of configuration, checks and reloading. */
@NullMarked
package io.plumbline.cli;

import org.jspecify.annotations.NullMarked;
