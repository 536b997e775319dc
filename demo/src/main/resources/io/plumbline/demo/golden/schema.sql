-- The golden company: one table per file of the input folder. The names and types here decide what the files may hold.
-- Times are UTC, with and without Z. A column named month takes YYYY-MM. There are no keys: repeated rows are part of the example.
create schema golden;

create table golden.accounts(account_id text, name text, segment text, region text, currency text, created_at_utc timestamptz, is_internal boolean, csm text, ae text);
create table golden.churn_stints(account_id text, contract_end_utc timestamptz, last_paid_invoice_utc timestamptz, paid_through_utc timestamptz, last_usage_date date, usage_zero_utc timestamptz);
create table golden.fx_rates(currency text, valid_from date, usd_rate numeric);
create table golden.nps_responses(response_id text, user_id text, responded_on date, score bigint);
create table golden.nps_users(user_id text, account_id text, churned_on date);
create table golden.stripe_invoice_lines(id text, invoice_id text, subscription_item_id text, amount_excl_tax_cents bigint, period_start timestamptz, period_end timestamptz, months bigint, recurring boolean, proration boolean, quantity bigint);
create table golden.stripe_invoices(id text, customer_id text, account_id text, currency text, billing_reason text, status text, created timestamptz, period_start timestamptz, period_end timestamptz, subtotal_cents bigint, tax_cents bigint, total_cents bigint, amount_paid_cents bigint);
create table golden.stripe_refunds(id text, invoice_id text, amount_cents bigint, created timestamptz);
create table golden.subscription_events(event_id text, subscription_id text, account_id text, event_type text, occurred_at_utc timestamptz, recorded_at_utc timestamptz, status_after text, quantity_after bigint, unit_amount_cents_after bigint, bill_interval text, bill_interval_count bigint, discount_percent numeric, discount_duration text, currency text);
create table golden.subscription_intervals(interval_id text, subscription_id text, account_id text, plan_code text, status text, quantity bigint, unit_amount_cents bigint, currency text, bill_interval text, bill_interval_count bigint, discount_percent numeric, discount_duration text, valid_from_utc timestamptz, valid_to_utc timestamptz, recorded_from_utc timestamptz, recorded_to_utc timestamptz, reason text);
create table golden."subscriptions_current_state_2026-03-31"(subscription_id text, workspace_id text, status text, mrr numeric, current_period_start timestamptz, trial_end timestamptz, cancelled_at timestamptz);
create table golden.trials(trial_id text, account_id text, segment text, trial_start_utc timestamptz, trial_end_utc timestamptz, qualified boolean, activated_at_utc timestamptz, converted_at_utc timestamptz, cancelled_at_utc timestamptz, converted_mrr numeric, is_internal boolean);
create table golden.unit_economics(month date, s_and_m_spend numeric, new_logos bigint, recurring_revenue numeric, cogs numeric, arpa numeric, monthly_logo_churn numeric, infra_cost numeric, mau bigint);
create table golden.user_activity(user_id text, activity_date date, feature text);
