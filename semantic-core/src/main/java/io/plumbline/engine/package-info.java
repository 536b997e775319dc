/**
 * The engine: SQL of one principal becomes one governed statement on the warehouse, and its rows.
 */
@NullMarked
package io.plumbline.engine;

import org.jspecify.annotations.NullMarked;
