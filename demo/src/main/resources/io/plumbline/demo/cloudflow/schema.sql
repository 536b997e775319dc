-- CloudFlow demo source schema, PostgreSQL 15+. Four schemas mimic four systems of record.
-- app.*  product database: TIMESTAMP WITHOUT TIME ZONE, mixed Los Angeles / UTC wall clocks on purpose (writer_version tells)
-- stripe.* Airbyte-like landing: epoch bigint -> timestamptz UTC, amounts in integer minor units
-- salesforce.* / zendesk.* / aws.* / finance.* / cs.* / ml.*
create schema app; create schema stripe; create schema salesforce; create schema zendesk; create schema aws; create schema finance; create schema cs; create schema ml; create schema ops; create schema truth;

create table app.accounts(account_id bigint primary key, name text not null, industry text, segment text check(segment in('Enterprise','Mid-Market','SMB','Self-Serve')), region text, country char(2),
  employee_count int, currency char(3) not null default 'USD', is_internal boolean not null default false, is_target_market boolean, created_at timestamp not null, deleted_at timestamp, stripe_customer_id text, salesforce_account_id text);
create table app.account_segment_history(account_id bigint, segment text, valid_from date, valid_to date, primary key(account_id,valid_from));
create table app.workspaces(workspace_id bigint primary key, account_id bigint, name text, plan text, status text, created_at timestamp not null, activated_at timestamp, cancelled_at timestamp, writer_version text not null);
create table app.users(user_id bigint primary key, workspace_id bigint, account_id bigint, email text, role text, created_at timestamp, last_active_at timestamp, deactivated_at timestamp, ip_address text);
create table app.plans(plan_id text primary key, name text, tier text, billing_interval text check(billing_interval in('month','year')), interval_count int, unit_amount_cents bigint, currency char(3), included_seats int, trial_days int, is_free boolean, stripe_price_id text);
create table app.subscriptions(subscription_id text, workspace_id bigint, account_id bigint, plan_id text, status text, quantity int, mrr numeric(14,2), currency char(3),
  started_at timestamp, trial_start timestamp, trial_end timestamp, current_period_start timestamp, current_period_end timestamp, cancel_at_period_end boolean, cancelled_at timestamp, ended_at timestamp, contract_start date, contract_end date,
  created_at timestamp, updated_at timestamp, stripe_subscription_id text, writer_version text);           -- NO primary key: duplicates are part of the dirt
create table app.subscription_events(event_id bigint, subscription_id text, workspace_id bigint, account_id bigint, event_type text, occurred_at timestamp, recorded_at timestamptz not null default now(),
  status_after text, plan_id_after text, quantity_after int, unit_amount_cents_after bigint, discount_percent_after numeric(5,2), discount_duration text, mrr_before numeric(14,2), mrr_after numeric(14,2), reason text, source text);
create table app.usage_daily(workspace_id bigint, usage_date date, dau int, wau int, api_calls bigint, storage_gb numeric(12,3), seats_used int, seats_licensed int, features_used int, hit_seat_limit smallint, hit_storage_limit smallint);
create table app.user_activity_daily(user_id bigint, workspace_id bigint, activity_date date, feature_key text, events int);
create table app.events(event_id bigint, workspace_id bigint, user_id bigint, event_type text, "timestamp" timestamp, properties jsonb);
create table app.features(feature_key text primary key, name text, min_tier text, released_on date);
create table app.invoices(invoice_id bigint, account_id bigint, stripe_invoice_id text, amount numeric(14,2), currency char(3), status text, issued_at timestamp, due_at timestamp, paid_at timestamp, period_start date, period_end date);
create table app.nps_responses(response_id bigint, user_id bigint, account_id bigint, score int, comment text, survey_id text, responded_at timestamp);

create table stripe.customers(id text primary key, created timestamptz, email text, name text, currency text, delinquent boolean, balance bigint, payment_method text, metadata jsonb, livemode boolean, is_deleted boolean, updated timestamptz, _airbyte_emitted_at timestamptz);
create table stripe.products(id text primary key, name text, active boolean, metadata jsonb, created timestamptz);
create table stripe.prices(id text primary key, product text, active boolean, currency text, unit_amount bigint, unit_amount_decimal text, billing_scheme text, type text, recurring jsonb, created timestamptz);
create table stripe.coupons(id text primary key, percent_off numeric, amount_off bigint, currency text, duration text, duration_in_months int);
create table stripe.subscriptions(id text, customer text, status text, created timestamptz, start_date timestamptz, current_period_start timestamptz, current_period_end timestamptz, trial_start timestamptz, trial_end timestamptz, cancel_at timestamptz, cancel_at_period_end boolean,
  canceled_at timestamptz, ended_at timestamptz, pause_collection jsonb, items jsonb, discount jsonb, quantity int, currency text, metadata jsonb, livemode boolean, is_deleted boolean, updated timestamptz, _airbyte_emitted_at timestamptz);
create table stripe.subscription_items(id text, subscription text, price text, quantity int, created timestamptz, current_period_start timestamptz, current_period_end timestamptz, metadata jsonb);
create table stripe.invoices(id text, customer text, subscription text, status text, billing_reason text, collection_method text, currency text, created timestamptz, period_start timestamptz, period_end timestamptz, due_date timestamptz, subtotal bigint, tax bigint, total bigint,
  amount_due bigint, amount_paid bigint, amount_remaining bigint, starting_balance bigint, ending_balance bigint, attempt_count int, number text, status_transitions jsonb, livemode boolean, is_deleted boolean, updated timestamptz, _airbyte_emitted_at timestamptz);
create table stripe.invoice_line_items(id text, invoice_id text, subscription text, subscription_item text, type text, price jsonb, quantity int, amount bigint, amount_excluding_tax bigint, unit_amount_excluding_tax text, discount_amounts jsonb, tax_amounts jsonb, proration boolean, period jsonb, currency text, description text, _airbyte_emitted_at timestamptz);
create table stripe.charges(id text, customer text, invoice text, amount bigint, amount_refunded bigint, currency text, status text, paid boolean, refunded boolean, created timestamptz);
create table stripe.refunds(id text, charge text, amount bigint, currency text, status text, reason text, created timestamptz);
create table stripe.credit_notes(id text, invoice text, customer text, amount bigint, currency text, type text, status text, created timestamptz);
create table stripe.events(id text primary key, type text, created timestamptz, api_version text, data jsonb, livemode boolean);

create table salesforce.accounts(id text primary key, name text, owner_id text, type text, industry text, app_account_id text, created_date timestamptz, is_deleted boolean);
create table salesforce.opportunities(id text primary key, account_id text, owner_id text, name text, type text, stage_name text, amount numeric(14,2), arr_amount numeric(14,2), currency_iso_code char(3), probability numeric(5,2), is_won boolean, is_closed boolean, close_date date, contract_start date, contract_end date, created_date timestamptz, lead_source text);
create table salesforce.users(id text primary key, name text, email text, role text, is_active boolean);
create table zendesk.support_tickets(ticket_id bigint, workspace_id bigint, account_id bigint, requester_email text, subject text, priority text, status text, satisfaction text, created_at timestamptz, solved_at timestamptz);
create table aws.cost_and_usage(usage_date date, service text, region text, usage_type text, record_type text, unblended_cost numeric(16,6), currency char(3));
create table finance.costs_monthly(month date, cost_center text check(cost_center in('sales','marketing','cogs_hosting','cogs_support','cogs_payment_fees','r_and_d','g_and_a')), amount numeric(16,2), currency char(3));
create table finance.fx_rates(rate_date date, currency char(3), usd_rate numeric(18,8), kind text check(kind in('spot','budget')), primary key(rate_date,currency,kind));
create table finance.arr_reported(as_of date, arr numeric(16,2), prepared_by text, signed_off_at timestamptz, primary key(as_of,prepared_by));
create table cs.team_members(member_id int primary key, name text, email text, role text check(role in('CSM','AE')), active_from date, active_to date);
create table cs.account_assignments(account_id bigint, member_id int, role text check(role in('CSM','AE')), valid_from date not null, valid_to date);
create table cs.health_scores(account_id bigint, score_date date, score numeric(5,2), category text check(category in('Healthy','Neutral','Poor')), primary key(account_id,score_date));
create table cs.indicators(indicator_id bigint primary key, account_id bigint, kind text check(kind in('risk','opportunity')), name text, assigned_to int, opened_at timestamptz, closed_at timestamptz);
create table cs.tasks(task_id bigint primary key, account_id bigint, assignee int, title text, due_on date, created_at timestamptz, completed_at timestamptz);
create table ml.churn_scores_daily(workspace_id bigint, score_date date, churn_probability numeric(6,5), model_version text);
-- generator's answer key: what a perfect semantic layer must return
create table truth.subscription_intervals(interval_id bigint primary key, subscription_id text, account_id bigint, mrr numeric(18,6), currency char(3), status text, valid_from timestamptz, valid_to timestamptz, recorded_from timestamptz, recorded_to timestamptz);
create table truth.metric_values(metric text, grain text, period_start date, segment text, value numeric, primary key(metric,grain,period_start,segment));
create table truth.injected_dirt(dirt_id bigint primary key, kind text, table_name text, row_key text, detail jsonb);

create table cs.messages(message_id bigint primary key, account_id bigint, direction text check(direction in('inbound','outbound')), channel text, sent_at timestamptz);
create table app.experiments(experiment_id text primary key, name text, started_at timestamp, ended_at timestamp);
create table app.experiment_assignments(experiment_id text, workspace_id bigint, variant text, assigned_at timestamp, primary key(experiment_id,workspace_id));
create table ops.sync_runs(run_id bigint primary key, source_name text, started_at timestamptz, last_sync_at timestamptz, sync_date date, sync_status text, row_count bigint, null_rate numeric(6,5));
