/**
 * The answer key: what every metric must be, worked out from the ledger and never from the tables.
 */
@NullMarked
package io.plumbline.demo.cloudflow.truth;

import org.jspecify.annotations.NullMarked;
