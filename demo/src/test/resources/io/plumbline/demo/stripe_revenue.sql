-- Recurring revenue at the end of the last three months as Stripe shows it, from the raw invoices.
with instants as (
  select m at time zone 'UTC' as instant, (m - interval '1 day')::date as rate_date
  from generate_series(timestamp '2026-01-01', timestamp '2026-03-01', interval '1 month') m
), lines as (
  select distinct on (instant, l.subscription_item) instant, rate_date, l.subscription_item, upper(l.currency) as currency,
    case when l.proration then (l.price ->> 'unit_amount')::numeric * l.quantity
      else l.amount - coalesce((select sum((d ->> 'amount')::numeric) from jsonb_array_elements(l.discount_amounts) d where d ->> 'duration' <> 'once'), 0) end
      / case when l.currency = 'jpy' then 1 else 100 end
      / ((l.price -> 'recurring' ->> 'interval_count')::numeric * case l.price -> 'recurring' ->> 'interval' when 'year' then 12 else 1 end) as mrr
  from instants
  join stripe.invoice_line_items l
    on to_timestamp((l.period ->> 'start')::bigint) < instant and to_timestamp((l.period ->> 'end')::bigint) >= instant
  join (select distinct id, customer, status, billing_reason, livemode from stripe.invoices) i on i.id = l.invoice_id
  join app.accounts a on a.stripe_customer_id = i.customer and not a.is_internal
  where i.status in ('paid', 'open') and i.billing_reason <> 'manual' and i.livemode and l.subscription_item is not null and l.amount >= 0
  order by instant, l.subscription_item, (l.period ->> 'start')::bigint desc
)
select string_agg(round(total, 2)::text, ' ' order by instant)
from (
  select instant, sum(mrr * usd_rate) as total
  from lines join finance.fx_rates using (rate_date, currency)
  where kind = 'spot'
  group by 1
) totals
