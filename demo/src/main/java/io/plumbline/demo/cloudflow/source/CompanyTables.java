package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.billing.Ledger;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.truth.AnswerKey;
import io.plumbline.demo.cloudflow.usage.Survey;
import io.plumbline.demo.cloudflow.usage.UsageModel;
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
    UsageModel usage = new UsageModel(history);
    Survey survey = new Survey(history, usage);
    tables.addAll(new AccountTables(history, dirt).tables());
    tables.add(new WorkspaceTable(history).table());
    tables.addAll(new SubscriptionTables(history, dirt).tables());
    tables.add(new EventTable(history, dirt).table());
    tables.addAll(new StripeCatalogTables(history, dirt).tables());
    tables.addAll(new InvoiceTables(history, ledger, dirt).tables());
    tables.addAll(new PaymentTables(history, ledger, dirt).tables());
    tables.addAll(new FinanceTables(history).tables());
    PortfolioTables portfolio = new PortfolioTables(history, dirt);
    tables.addAll(portfolio.tables());
    tables.addAll(new SuccessTables(history, portfolio.accounts()).tables());
    tables.addAll(new SalesTables(history).tables());
    tables.addAll(new OperationsTables(history).tables());
    tables.addAll(new UsageTables(history, usage).tables());
    tables.add(new UsageDailyTable(history, usage, dirt).table());
    tables.addAll(new FeedbackTables(history, usage, survey, dirt).tables());
    tables.addAll(new TruthTables(new AnswerKey(history, ledger, usage, survey)).tables());
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
