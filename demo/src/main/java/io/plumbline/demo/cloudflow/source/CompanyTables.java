package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.billing.Ledger;
import io.plumbline.demo.cloudflow.history.History;
import java.util.ArrayList;
import java.util.List;

/**
 * Every table of the company, in the order in which they are written; the log of the dirt comes
 * last.
 */
public final class CompanyTables {
  private final List<SourceTable> tables = new ArrayList<>();
  private final DirtLog dirt = new DirtLog();

  public CompanyTables(History history) {
    Ledger ledger = new Ledger(history);
    tables.addAll(new AccountTables(history, dirt).tables());
    tables.add(new WorkspaceTable(history).table());
    tables.addAll(new SubscriptionTables(history, dirt).tables());
    tables.add(new EventTable(history, dirt).table());
    tables.addAll(new StripeCatalogTables(history, dirt).tables());
    tables.addAll(new InvoiceTables(history, ledger, dirt).tables());
    tables.addAll(new PaymentTables(history, ledger, dirt).tables());
    tables.addAll(new FinanceTables(history).tables());
    tables.addAll(new TruthTables(history).tables());
  }

  /** To be written once and in this order, since the dirt is logged on the way. */
  public List<SourceTable> tables() {
    return List.copyOf(tables);
  }

  /** The dirt of the tables written so far. */
  public DirtLog dirt() {
    return dirt;
  }
}
