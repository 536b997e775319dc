package io.plumbline.demo.cloudflow.billing;

import io.plumbline.demo.cloudflow.history.Subscription;
import java.util.List;

/**
 * An invoice.
 *
 * @param periodFrom what Stripe calls the invoice's period: of a cycle's invoice, the period before
 *     the one that is billed
 * @param taxPercent added to the lines
 */
public record Invoice(
    Subscription subscription,
    Reason reason,
    Status status,
    long createdAt,
    long periodFrom,
    long periodTo,
    List<InvoiceLine> lines,
    int taxPercent) {

  /** Why it was written. */
  public enum Reason {
    SUBSCRIPTION_CREATE,
    SUBSCRIPTION_CYCLE,
    SUBSCRIPTION_UPDATE,
    MANUAL
  }

  /** What became of it. */
  public enum Status {
    PAID,
    OPEN,
    VOID,
    UNCOLLECTIBLE,
    DRAFT
  }

  public Invoice {
    lines = List.copyOf(lines);
  }

  /** Lines less discounts, in minor units. */
  public long subtotal() {
    return lines.stream().mapToLong(line -> line.amount() - line.discount()).sum();
  }

  public long tax() {
    return Math.max(0, subtotal()) * taxPercent / 100;
  }

  public long total() {
    return subtotal() + tax();
  }

  public long paid() {
    return status == Status.PAID ? Math.max(0, total()) : 0;
  }

  /** Whether it tells about recurring revenue. */
  boolean counts() {
    return (status == Status.PAID || status == Status.OPEN) && reason != Reason.MANUAL;
  }

  Invoice withLines(List<InvoiceLine> other) {
    return new Invoice(
        subscription, reason, status, createdAt, periodFrom, periodTo, other, taxPercent);
  }

  Invoice with(Reason otherReason, Status otherStatus) {
    return new Invoice(
        subscription, otherReason, otherStatus, createdAt, periodFrom, periodTo, lines, taxPercent);
  }
}
