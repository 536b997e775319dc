/** Text to relational algebra: own parser, types, operators and validator. */
@NullMarked
package io.plumbline.engine.sql;

import org.jspecify.annotations.NullMarked;
