/** Random policies and queries, against a copy of the data in which mask and filter came first. */
@NullMarked
package io.plumbline.it.policies;

import org.jspecify.annotations.NullMarked;
