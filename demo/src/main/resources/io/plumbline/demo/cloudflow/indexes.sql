-- One statement a line. The tables of dirt have no keys; these make joins and date ranges quick.
create index on app.workspaces(account_id);
create index on app.subscriptions(subscription_id);
create index on app.subscriptions(account_id);
create index on app.subscription_events(subscription_id, occurred_at);
create index on app.subscription_events(account_id);
create index on truth.subscription_intervals(account_id, valid_from);
create index on stripe.subscriptions(id);
create index on stripe.invoices(id);
create index on stripe.invoices(customer);
create index on stripe.invoice_line_items(invoice_id);
create index on stripe.invoice_line_items(subscription_item);
