-- What every movement and retention metric rests on, as plainly as it can be: each account in each
-- period with its MRR at both ends, and twelve months before the end. Builds on revenue.sql.

-- The MRR of every account at the start of some days, at the rates of other days.
create function pg_temp.mrr_at_rates(days date[], rate_days date[], zone text)
returns table (day date, rate_day date, account_id text, mrr numeric)
language sql as $$
  with pairs as materialized (
    select distinct d.day, d.rate_day from unnest(days, rate_days) as d (day, rate_day)
  ),
  rates as materialized (
    select r.rate_day, c.currency, pg_temp.rate(c.currency, r.rate_day - 1) as usd_rate
    from (select distinct rate_day from pairs) r
    cross join (select distinct currency from reference_intervals) c
  )
  select p.day, p.rate_day, i.account_id::text, sum(i.mrr * r.usd_rate)
  from pairs p
  join reference_intervals i
    on i.valid_from < p.day::timestamp at time zone zone
    and (i.valid_to is null or i.valid_to >= p.day::timestamp at time zone zone)
  join rates r on r.rate_day = p.rate_day and r.currency = i.currency
  group by 1, 2, 3
$$;

-- opening, closing; kept: the closing state at the rates of the opening; paid_before: at any instant;
-- opened_12: twelve months before the end; kept_12: the closing state at the rates of then.
create function pg_temp.movements(grain text, from_day date, to_day date, zone text, as_of date)
returns table (
  period_start date, account_id text, segment text, region text,
  opening numeric, closing numeric, kept numeric, paid_before boolean, opened_12 numeric, kept_12 numeric)
language sql as $$
  with periods as materialized (
    select *, (next_day - interval '12 months')::date as year_before
    from pg_temp.periods(grain, from_day, to_day, as_of)
  ),
  asked as (
    select first_day as day, first_day as rate_day from periods
    union select next_day, next_day from periods
    union select next_day, first_day from periods
    union select year_before, year_before from periods
    union select next_day, year_before from periods
  ),
  states as materialized (
    select *
    from pg_temp.mrr_at_rates(
      (select array_agg(day order by day, rate_day) from asked),
      (select array_agg(rate_day order by day, rate_day) from asked),
      zone)
  ),
  first_paid as (
    select account_id::text as account_id, min(valid_from) as first_instant
    from reference_intervals
    where mrr > 0 and (valid_to is null or valid_to > valid_from)
    group by 1
  )
  select
    p.period_start, a.account_id::text, a.segment, a.region,
    coalesce(o.mrr, 0), coalesce(c.mrr, 0), coalesce(k.mrr, 0),
    coalesce(f.first_instant < p.first_day::timestamp at time zone zone, false),
    coalesce(o12.mrr, 0), coalesce(k12.mrr, 0)
  from periods p
  cross join reference_accounts a
  left join first_paid f on f.account_id = a.account_id::text
  left join states o on o.account_id = a.account_id::text and o.day = p.first_day and o.rate_day = p.first_day
  left join states c on c.account_id = a.account_id::text and c.day = p.next_day and c.rate_day = p.next_day
  left join states k on k.account_id = a.account_id::text and k.day = p.next_day and k.rate_day = p.first_day
  left join states o12 on o12.account_id = a.account_id::text and o12.day = p.year_before and o12.rate_day = p.year_before
  left join states k12 on k12.account_id = a.account_id::text and k12.day = p.next_day and k12.rate_day = p.year_before
$$;
