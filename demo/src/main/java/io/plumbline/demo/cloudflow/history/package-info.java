/**
 * The ledger of the generated company: who paid what from when to when, before any table or dirt
 * exists.
 */
@NullMarked
package io.plumbline.demo.cloudflow.history;

import org.jspecify.annotations.NullMarked;
