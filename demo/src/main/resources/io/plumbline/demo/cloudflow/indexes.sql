-- One statement a line, run after loading. Tables with dirt have no keys; indexes make joins and date ranges quick.
-- What users do arrives day by day, and is asked for by day; the generator writes it user by user.
create index on app.user_activity_daily(activity_date);
cluster app.user_activity_daily using user_activity_daily_activity_date_idx;
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
alter table app.usage_daily add primary key (workspace_id, usage_date);
alter table app.user_activity_daily add primary key (user_id, activity_date, feature_key);
alter table ml.churn_scores_daily add primary key (workspace_id, score_date);
create index on app.usage_daily(usage_date);
create index on app.users(account_id);
create index on app.nps_responses(account_id);
create index on app.invoices(account_id);
create index on zendesk.support_tickets(account_id);
create index on cs.account_assignments(account_id);
create index on cs.messages(account_id);
create index on salesforce.opportunities(account_id);
create index on truth.injected_dirt(kind);
