-- What every revenue metric rests on, written as plainly as it can be: each account in each period,
-- with its MRR at both ends of the period. No deltas, no running sums.
create index on reference_intervals (account_id);
create index on reference_rates (currency, valid_from);
analyze reference_intervals;
analyze reference_accounts;
analyze reference_rates;

create function pg_temp.step_of(grain text) returns interval language sql immutable as $$
  select case grain when 'quarter' then interval '3 months' else ('1 ' || grain)::interval end
$$;

-- The periods of a range [from_day, to_day), each cut to the range and to as_of.
create function pg_temp.periods(grain text, from_day date, to_day date, as_of date)
returns table (period_start date, first_day date, next_day date, is_complete boolean)
language sql as $$
  select
    bucket::date,
    greatest(bucket::date, from_day),
    least((bucket + pg_temp.step_of(grain))::date, to_day, as_of + 1),
    bucket::date >= from_day and (bucket + pg_temp.step_of(grain))::date <= least(to_day, as_of + 1)
  from generate_series(
    date_trunc(grain, from_day::timestamp),
    least(to_day, as_of + 1)::timestamp - interval '1 day',
    pg_temp.step_of(grain)) as bucket
$$;

-- US dollars for one unit of a currency, by the newest rate on or before a day.
create function pg_temp.rate(of_currency text, on_day date) returns numeric language sql as $$
  select usd_rate from reference_rates
  where currency = of_currency and valid_from <= on_day
  order by valid_from desc limit 1
$$;

-- The MRR of an account at an instant: the left limit, at the rate of the day that ends there.
create function pg_temp.mrr_at(of_account text, day_after date, zone text) returns numeric language sql as $$
  select coalesce(sum(i.mrr * pg_temp.rate(i.currency, day_after - 1)), 0)
  from reference_intervals i
  where i.account_id::text = of_account
    and i.valid_from < day_after::timestamp at time zone zone
    and (i.valid_to is null or i.valid_to >= day_after::timestamp at time zone zone)
$$;

-- The MRR of every account that has some, at the start of each of some days: the left limit, at the
-- rate of the day that ends there.
create function pg_temp.mrr_at_start_of(days date[], zone text)
returns table (day date, account_id text, mrr numeric)
language sql as $$
  with rates as materialized (
    select d.day, c.currency, pg_temp.rate(c.currency, d.day - 1) as usd_rate
    from unnest(days) as d (day)
    cross join (select distinct currency from reference_intervals) c
  )
  select d.day, i.account_id::text, sum(i.mrr * r.usd_rate)
  from unnest(days) as d (day)
  join reference_intervals i
    on i.valid_from < d.day::timestamp at time zone zone
    and (i.valid_to is null or i.valid_to >= d.day::timestamp at time zone zone)
  join rates r on r.day = d.day and r.currency = i.currency
  group by 1, 2
$$;

create function pg_temp.revenue(grain text, from_day date, to_day date, zone text, as_of date)
returns table (
  period_start date, period_end date, is_complete boolean,
  account_id text, name text, segment text, region text, opening numeric, closing numeric)
language sql as $$
  with periods as materialized (
    select * from pg_temp.periods(grain, from_day, to_day, as_of)
  ),
  states as materialized (
    select *
    from pg_temp.mrr_at_start_of(
      (select array_agg(distinct day) from (select first_day from periods union select next_day from periods) as e (day)),
      zone)
  )
  select
    p.period_start,
    p.next_day - 1,
    p.is_complete,
    a.account_id::text,
    a.name,
    a.segment,
    a.region,
    coalesce(o.mrr, 0),
    coalesce(c.mrr, 0)
  from periods p
  cross join reference_accounts a
  left join states o on o.day = p.first_day and o.account_id = a.account_id::text
  left join states c on c.day = p.next_day and c.account_id = a.account_id::text
$$;

-- The same in UTC, as of the demo's today.
create function pg_temp.revenue(grain text, from_day date, to_day date)
returns table (
  period_start date, period_end date, is_complete boolean,
  account_id text, name text, segment text, region text, opening numeric, closing numeric)
language sql as $$
  select r.* from reference_today t, pg_temp.revenue(grain, from_day, to_day, 'UTC', t.as_of) r
$$;

-- A range without a time grouping is one period.
create function pg_temp.revenue_of_range(from_day date, to_day date)
returns table (account_id text, name text, segment text, region text, opening numeric, closing numeric)
language sql as $$
  select
    a.account_id::text, a.name, a.segment, a.region,
    pg_temp.mrr_at(a.account_id::text, from_day, 'UTC'),
    pg_temp.mrr_at(a.account_id::text, to_day, 'UTC')
  from reference_accounts a
$$;
