/** The command line: configuration, wiring of a server, and the commands of {@code plumbline}. */
@NullMarked
package io.plumbline.cli;

import org.jspecify.annotations.NullMarked;
