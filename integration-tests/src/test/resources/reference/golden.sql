-- The golden company for the reference queries: its accounts, paying intervals and rates, by the
-- rules of the golden README, straight from the source tables.
set time zone 'UTC';

create temp table reference_accounts as
select account_id, name, segment, region, currency, csm, ae, created_at_utc::timestamptz as created_at
from golden.accounts
where not is_internal::boolean;

create temp table reference_intervals as
select
  account_id,
  plan_code,
  currency,
  valid_from_utc::timestamptz as valid_from,
  valid_to_utc::timestamptz as valid_to,
  quantity::numeric * unit_amount_cents::numeric / 100
    / (bill_interval_count::numeric * case bill_interval when 'year' then 12 else 1 end)
    * (1 - case when discount_duration in ('forever', 'repeating') then coalesce(discount_percent::numeric, 0) else 0 end / 100)
    as mrr
from (select distinct * from golden.subscription_intervals) as once
where status in ('active', 'past_due')
  and recorded_to_utc is null;

create temp table reference_rates as
select currency, valid_from::date as valid_from, usd_rate::numeric as usd_rate
from golden.fx_rates;

create temp table reference_today as select date '2026-03-31' as as_of;
