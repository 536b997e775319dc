-- CloudFlow for the reference queries, from the generator's answer key.
set time zone 'UTC';

create temp table reference_accounts as
select
  account_id,
  name,
  case replace(segment, ' ', '-') when 'Mid-Market' then 'Mid-Market' else segment end as segment,
  region,
  industry,
  currency,
  created_at at time zone 'UTC' as created_at
from app.accounts
where not is_internal;

create temp table reference_intervals as
select account_id, currency, valid_from, valid_to, mrr
from truth.subscription_intervals
where status in ('active', 'past_due')
  and recorded_to is null;

create temp table reference_rates as
select currency, rate_date as valid_from, usd_rate
from finance.fx_rates
where kind = 'spot';

create temp table reference_today as select date '2026-02-28' as as_of;
