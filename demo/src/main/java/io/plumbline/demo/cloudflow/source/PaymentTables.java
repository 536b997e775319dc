package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.billing.Invoice;
import io.plumbline.demo.cloudflow.billing.Ledger;
import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Ids;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.List;
import java.util.Set;

/**
 * Money at Stripe after the invoice: charges, refunds, credit notes, and the events that tell of
 * them.
 */
final class PaymentTables {
  private static final double REFUNDED = 0.015;
  private static final double CREDITED = 0.008;
  private static final long DAYS_BACK = 30 * Timeline.DAY;

  private final List<Invoice> invoices;
  private final DirtLog dirt;
  private final Set<Invoice> refunded;
  private final Set<Invoice> credited;

  PaymentTables(History history, Ledger ledger, DirtLog dirt) {
    this.invoices = ledger.invoices();
    this.dirt = dirt;
    Dice dice = Dice.of(history.seed(), "payments");
    this.refunded =
        Sample.of(invoices, invoice -> invoice.paid() > 100, REFUNDED * invoices.size(), dice);
    this.credited =
        Sample.of(invoices, invoice -> invoice.paid() > 100, CREDITED * invoices.size(), dice);
  }

  List<SourceTable> tables() {
    return List.of(
        SourceTable.of("stripe.charges", invoices.size(), this::writeCharges),
        SourceTable.of("stripe.refunds", refunded.size(), this::writeRefunds),
        SourceTable.of("stripe.credit_notes", credited.size(), this::writeCreditNotes),
        SourceTable.of("stripe.events", invoices.size() / 36, this::writeEvents));
  }

  private static String id(String prefix, int index) {
    return Ids.of(prefix + "_", 7, index + 1);
  }

  private static long refund(Invoice invoice) {
    return invoice.paid() / 4;
  }

  private void writeCharges(RowWriter rows) {
    for (int i = 0; i < invoices.size(); i++) {
      Invoice invoice = invoices.get(i);
      if (invoice.paid() == 0) {
        continue;
      }
      boolean isRefunded = refunded.contains(invoice);
      rows.text(id("ch", i))
          .text(AccountTables.customerId(invoice.subscription().account()))
          .text(InvoiceTables.id(i));
      rows.number(invoice.paid())
          .number(isRefunded ? refund(invoice) : 0)
          .text(InvoiceTables.currency(invoice))
          .text("succeeded");
      rows.bool(true).bool(false).instant(invoice.createdAt() + 3_650).end();
    }
  }

  private void writeRefunds(RowWriter rows) {
    for (int i = 0; i < invoices.size(); i++) {
      Invoice invoice = invoices.get(i);
      if (refunded.contains(invoice)) {
        dirt.log(DirtKind.REFUND, "stripe.refunds", id("re", i));
        rows.text(id("re", i))
            .text(id("ch", i))
            .number(refund(invoice))
            .text(InvoiceTables.currency(invoice));
        rows.text("succeeded")
            .text("requested_by_customer")
            .instant(invoice.createdAt() + 4 * Timeline.DAY)
            .end();
      }
    }
  }

  private void writeCreditNotes(RowWriter rows) {
    for (int i = 0; i < invoices.size(); i++) {
      Invoice invoice = invoices.get(i);
      if (credited.contains(invoice)) {
        dirt.log(DirtKind.CREDIT_NOTE, "stripe.credit_notes", id("cn", i));
        rows.text(id("cn", i))
            .text(InvoiceTables.id(i))
            .text(AccountTables.customerId(invoice.subscription().account()));
        rows.number(invoice.paid() / 10)
            .text(InvoiceTables.currency(invoice))
            .text("post_payment")
            .text("issued");
        rows.instant(invoice.createdAt() + 6 * Timeline.DAY).end();
      }
    }
  }

  /** Stripe keeps its events for thirty days. */
  private void writeEvents(RowWriter rows) {
    for (int i = 0; i < invoices.size(); i++) {
      Invoice invoice = invoices.get(i);
      if (invoice.createdAt() >= Timeline.end() - DAYS_BACK
          && invoice.createdAt() < Timeline.end() - 3_700) {
        rows.text(id("evt", i))
            .text(invoice.paid() > 0 ? "invoice.paid" : "invoice.finalized")
            .instant(invoice.createdAt() + 3_650);
        rows.text("2025-09-30").text(new Json().text("object", InvoiceTables.id(i)).toString());
        rows.bool(invoice.subscription().account().kind() != Account.Kind.TEST).end();
      }
    }
  }
}
