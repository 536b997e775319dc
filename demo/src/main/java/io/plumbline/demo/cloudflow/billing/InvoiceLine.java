package io.plumbline.demo.cloudflow.billing;

import io.plumbline.demo.cloudflow.history.Terms;

/**
 * A line of an invoice. Amounts are in the currency's minor unit, without tax and before discounts.
 *
 * @param terms what it bills
 * @param unitAmount price of a seat per billing interval
 * @param amount what is billed; negative for unused time that is given back
 * @param discount what the discount takes off
 */
public record InvoiceLine(
    Kind kind, Terms terms, long unitAmount, long amount, long discount, long from, long to) {

  /** What a line is for. */
  public enum Kind {
    /** A whole billing period. */
    CYCLE,
    /** The rest of a period on new terms. */
    PRORATION,
    /** The rest of a period on old terms, given back. */
    CREDIT,
    /** Something that does not recur. */
    ONE_OFF
  }

  /** Whether it says what recurs from its start on. */
  boolean tellsRecurring() {
    return kind == Kind.CYCLE || kind == Kind.PRORATION;
  }

  /** Whether it tells what recurs at an instant. */
  boolean covers(long instant) {
    return tellsRecurring() && from < instant && instant <= to;
  }

  /** What recurs per month, in hundredths of the currency. */
  long monthly() {
    Terms.Discount once = terms.discount();
    long perInterval =
        kind == Kind.CYCLE
            ? amount - (once == Terms.Discount.ONCE ? 0 : discount)
            : unitAmount * terms.quantity();
    return perInterval
        * 100
        / terms.plan().currency().minorUnits()
        / terms.plan().interval().months();
  }

  InvoiceLine withAmount(long other) {
    return new InvoiceLine(kind, terms, other / terms.quantity(), other, discount, from, to);
  }
}
