-- CloudFlow for the reference queries, from the generator's answer key.
set time zone 'UTC';

create temp table reference_accounts as
select a.account_id, a.name, a.segment, a.region, a.industry, a.created_at at time zone 'UTC' as created_at
from app.accounts a
where not a.is_internal
  and not exists (select from stripe.customers c where c.id = a.stripe_customer_id and not c.livemode);

create temp table reference_intervals as
select account_id, currency::text as currency, valid_from, valid_to, mrr
from truth.subscription_intervals
where status in ('active', 'past_due')
  and recorded_to is null;

create temp table reference_rates as
select currency::text as currency, rate_date as valid_from, usd_rate
from finance.fx_rates
where kind = 'spot';

create temp table reference_today as select date '2026-02-28' as as_of;
