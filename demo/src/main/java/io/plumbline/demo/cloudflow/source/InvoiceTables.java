package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.billing.Invoice;
import io.plumbline.demo.cloudflow.billing.Invoice.Reason;
import io.plumbline.demo.cloudflow.billing.Invoice.Status;
import io.plumbline.demo.cloudflow.billing.InvoiceLine;
import io.plumbline.demo.cloudflow.billing.InvoiceLine.Kind;
import io.plumbline.demo.cloudflow.billing.Ledger;
import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Ids;
import io.plumbline.demo.cloudflow.history.Terms;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Invoices and their lines, at Stripe and as the product copied them. */
final class InvoiceTables {
  private static final String TABLE = "stripe.invoices";
  private static final double REPEATED = 0.003;
  private static final long NET_DAYS = 30 * Timeline.DAY;

  private final List<Invoice> invoices;
  private final DirtLog dirt;
  private final Set<Invoice> repeated;

  InvoiceTables(History history, Ledger ledger, DirtLog dirt) {
    this.invoices = ledger.invoices();
    this.dirt = dirt;
    this.repeated = Sample.of(invoices, REPEATED, Dice.of(history.seed(), "repeated invoices"));
  }

  List<SourceTable> tables() {
    return List.of(
        SourceTable.of(TABLE, invoices.size(), this::writeInvoices),
        SourceTable.of("stripe.invoice_line_items", invoices.size() * 5L / 4, this::writeLines),
        SourceTable.of("app.invoices", invoices.size(), this::writeCopies));
  }

  static String id(int index) {
    return Ids.of("in_", 7, index + 1);
  }

  static String currency(Invoice invoice) {
    return invoice.subscription().account().currency().name().toLowerCase(Locale.ROOT);
  }

  private void writeInvoices(RowWriter rows) {
    for (int i = 0; i < invoices.size(); i++) {
      Invoice invoice = invoices.get(i);
      log(i, invoice);
      write(i, invoice, rows);
      if (repeated.contains(invoice)) {
        dirt.log(DirtKind.EXACT_DUPLICATE, TABLE, id(i));
        write(i, invoice, rows);
      }
    }
  }

  private void log(int index, Invoice invoice) {
    log(invoice.status() == Status.VOID, DirtKind.INVOICE_VOID, index);
    log(invoice.status() == Status.UNCOLLECTIBLE, DirtKind.INVOICE_UNCOLLECTIBLE, index);
    log(invoice.status() == Status.DRAFT, DirtKind.INVOICE_DRAFT, index);
    log(invoice.reason() == Reason.MANUAL, DirtKind.MANUAL_INVOICE, index);
    log(invoice.reason() == Reason.SUBSCRIPTION_CYCLE, DirtKind.INVOICE_PERIOD_LAGS, index);
    log(invoice.tax() > 0, DirtKind.INVOICE_TAX, index);
  }

  private void log(boolean applies, DirtKind kind, int index) {
    if (applies) {
      dirt.log(kind, TABLE, id(index));
    }
  }

  private static void write(int index, Invoice invoice, RowWriter rows) {
    long total = invoice.total();
    long due = Math.max(0, total);
    rows.text(id(index)).text(AccountTables.customerId(invoice.subscription().account()));
    rows.text(invoice.reason() == Reason.MANUAL ? null : invoice.subscription().stripeId());
    rows.text(label(invoice.status()))
        .text(label(invoice.reason()))
        .text("charge_automatically")
        .text(currency(invoice));
    rows.instant(invoice.createdAt())
        .instant(invoice.periodFrom())
        .instant(invoice.periodTo())
        .nothing();
    rows.number(invoice.subtotal()).number(invoice.tax()).number(total);
    rows.number(due).number(invoice.paid()).number(due - invoice.paid());
    rows.number(0).number(Math.min(0, total));
    rows.number(invoice.status() == Status.PAID ? 1 : 3)
        .text("CF-" + id(index).substring(3))
        .text(transitions(invoice));
    rows.bool(invoice.subscription().account().kind() != Account.Kind.TEST).bool(false);
    rows.instant(invoice.createdAt() + 3_600).instant(Timeline.end() - 3_600).end();
  }

  private static String transitions(Invoice invoice) {
    Map<String, Long> times = new TreeMap<>();
    if (invoice.status() != Status.DRAFT) {
      times.put("finalized_at", invoice.createdAt() + 3_600);
    }
    switch (invoice.status()) {
      case PAID -> times.put("paid_at", paidAt(invoice));
      case VOID -> times.put("voided_at", invoice.createdAt() + Timeline.DAY);
      case UNCOLLECTIBLE ->
          times.put("marked_uncollectible_at", invoice.createdAt() + 20 * Timeline.DAY);
      case OPEN, DRAFT -> {
        // Nothing more has happened.
      }
    }
    return Json.of(times).toString();
  }

  private static long paidAt(Invoice invoice) {
    return invoice.createdAt() + 3_700;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void writeLines(RowWriter rows) {
    for (int i = 0; i < invoices.size(); i++) {
      List<InvoiceLine> lines = invoices.get(i).lines();
      for (int line = 0; line < lines.size(); line++) {
        write(i, invoices.get(i), line, lines.get(line), rows);
      }
    }
  }

  private static void write(
      int index, Invoice invoice, int number, InvoiceLine line, RowWriter rows) {
    boolean oneOff = line.kind() == Kind.ONE_OFF;
    boolean manual = invoice.reason() == Reason.MANUAL;
    rows.text("il_" + id(index).substring(3) + "_" + number).text(id(index));
    rows.text(manual ? null : invoice.subscription().stripeId())
        .text(oneOff ? null : invoice.subscription().itemId());
    rows.text(line.kind() == Kind.CYCLE ? "subscription" : "invoiceitem");
    rows.text(
        oneOff
            ? oneOffPrice(line).toString()
            : StripeCatalogTables.price(line.terms(), line.unitAmount()).toString());
    rows.number(oneOff ? 1 : line.terms().quantity())
        .number(line.amount())
        .number(line.amount())
        .text(Long.toString(line.unitAmount()));
    rows.text(discounts(line))
        .text(
            "[{\"amount\": "
                + Math.max(0, line.amount() - line.discount()) * invoice.taxPercent() / 100
                + "}]");
    rows.bool(line.kind() == Kind.PRORATION || line.kind() == Kind.CREDIT);
    rows.text(new Json().number("start", line.from()).number("end", line.to()).toString());
    rows.text(currency(invoice))
        .text(description(invoice, line))
        .instant(Timeline.end() - 3_600)
        .end();
  }

  private static Json oneOffPrice(InvoiceLine line) {
    return new Json()
        .number("unit_amount", line.unitAmount())
        .text("type", "one_time")
        .raw("recurring", "null");
  }

  private static String discounts(InvoiceLine line) {
    if (line.discount() == 0) {
      return "[]";
    }
    Terms terms = line.terms();
    return "["
        + new Json()
            .number("amount", line.discount())
            .text("coupon", StripeCatalogTables.coupon(terms))
            .text("duration", label(terms.discount()))
        + "]";
  }

  private static String description(Invoice invoice, InvoiceLine line) {
    return switch (line.kind()) {
      case CYCLE -> line.terms().quantity() + " seats of " + line.terms().plan().id();
      case PRORATION ->
          "Remaining time on " + line.terms().quantity() + " seats of " + line.terms().plan().id();
      case CREDIT ->
          "Unused time on " + line.terms().quantity() + " seats of " + line.terms().plan().id();
      case ONE_OFF ->
          invoice.reason() == Reason.MANUAL
              ? "Services"
              : line.amount() == 0 ? "Trial" : "API overage";
    };
  }

  private void writeCopies(RowWriter rows) {
    for (int i = 0; i < invoices.size(); i++) {
      Invoice invoice = invoices.get(i);
      int minor = invoice.subscription().account().currency().minorUnits();
      rows.number(i + 1L)
          .number(invoice.subscription().account().id())
          .text(id(i))
          .hundredths(invoice.total() * (100 / minor));
      rows.text(invoice.subscription().account().currency().name()).text(label(invoice.status()));
      rows.utc(invoice.createdAt()).utc(invoice.createdAt() + NET_DAYS);
      if (invoice.status() == Status.PAID) {
        rows.utc(paidAt(invoice));
      } else {
        rows.nothing();
      }
      rows.day(Timeline.day(invoice.periodFrom())).day(Timeline.day(invoice.periodTo())).end();
    }
  }
}
