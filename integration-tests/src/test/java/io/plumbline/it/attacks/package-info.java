/** What a user tries to see hidden rows and masked values, in every position of a query. */
@NullMarked
package io.plumbline.it.attacks;

import org.jspecify.annotations.NullMarked;
