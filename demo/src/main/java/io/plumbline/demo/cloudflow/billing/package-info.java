/** Invoices of the ledger's subscriptions, as a billing provider would have written them. */
@NullMarked
package io.plumbline.demo.cloudflow.billing;

import org.jspecify.annotations.NullMarked;
