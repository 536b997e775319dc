/**
 * The source tables of the generated company: the ledger as four systems of record would have
 * stored it, with their dirt.
 */
@NullMarked
package io.plumbline.demo.cloudflow.source;

import org.jspecify.annotations.NullMarked;
