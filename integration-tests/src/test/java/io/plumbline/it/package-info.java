/** The whole product over the wire: a demo company behind a server, asked by stock clients. */
@NullMarked
package io.plumbline.it;

import org.jspecify.annotations.NullMarked;
