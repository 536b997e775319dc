/** Named queries with parameters, which stand in a query as table functions. */
@NullMarked
package io.plumbline.engine.templates;

import org.jspecify.annotations.NullMarked;
