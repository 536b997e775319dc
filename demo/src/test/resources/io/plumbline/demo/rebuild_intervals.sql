-- The subscription intervals as a mapping can rebuild them from the source tables, dirt and all.
create temporary view rebuilt as
with subscriptions as (
  select distinct on (subscription_id) subscription_id, currency, split_part(writer_version, '.', 1)::int < 3 as legacy
  from app.subscriptions
  order by subscription_id, updated_at desc
), events as (
  select e.*, s.currency,
    case when s.legacy then e.occurred_at at time zone 'America/Los_Angeles' else e.occurred_at at time zone 'UTC' end as valid_from
  from app.subscription_events e join subscriptions s using (subscription_id)
  where e.occurred_at is not null and e.occurred_at < timestamp '2026-03-02'
), steps as (
  select e.*, lead(valid_from) over w as valid_to, lead(recorded_at) over w as next_recorded_at
  from events e
  window w as (partition by subscription_id order by valid_from, event_id)
), versions as (
  select *, greatest(recorded_at, case when next_recorded_at > valid_to then next_recorded_at end) as recorded_from, null::timestamptz as recorded_to
  from steps
  union all
  select event_id, subscription_id, workspace_id, account_id, event_type, occurred_at, recorded_at, status_after, plan_id_after, quantity_after,
    unit_amount_cents_after, discount_percent_after, discount_duration, mrr_before, mrr_after, reason, source, currency, valid_from, null, null,
    recorded_at, next_recorded_at
  from steps
  where next_recorded_at > valid_to
)
select v.subscription_id, v.account_id, v.currency, v.valid_from, v.valid_to, v.recorded_from, v.recorded_to, v.status_after as status,
  v.quantity_after * v.unit_amount_cents_after / case v.currency when 'JPY' then 1 else 100.0 end
    / (p.interval_count * case p.billing_interval when 'year' then 12 else 1 end)
    * (1 - case when v.discount_duration in ('forever', 'repeating') then v.discount_percent_after else 0 end / 100) as mrr
from versions v
join app.plans p on p.plan_id = v.plan_id_after
join app.accounts a on a.account_id = v.account_id and not a.is_internal
join stripe.customers c on c.id = a.stripe_customer_id and c.livemode
where lower(v.status_after) not in ('cancelled', 'canceled')
