/**
 * Who used the product on which day, drawn workspace by workspace so that nothing large is ever
 * held in memory.
 */
@NullMarked
package io.plumbline.demo.cloudflow.usage;

import org.jspecify.annotations.NullMarked;
