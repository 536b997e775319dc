create table ivc as select iv.*, 'C' || account_id % 10 as currency from iv;
create table fx as
  select 'C' || c as currency, d::date as valid_from, 'spot'::text as kind, (1 + c * 0.1 + random() * 0.01)::numeric(12, 6) as dollars
  from generate_series(0, 9) as c, generate_series('2023-01-01'::timestamp, '2026-03-01'::timestamp, interval '1 day') as d;
analyze ivc;
analyze fx;
