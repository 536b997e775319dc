create table account as
  select 'A' || n as account_id, 'Company ' || n as name, 'contact' || n || '@company' || n || '.example' as email,
    (array['SMB', 'Mid-Market', 'Enterprise'])[1 + n % 3] as segment, 'north' as team, n % 200 = 0 as is_internal,
    timestamptz '2023-01-01 00:00Z' + n * interval '1 hour' as created_at
  from generate_series(1, 20000) as n;
alter table account add primary key (account_id);
create table term as
  select 'T' || n || '.' || k as term_id, 'A' || n as account_id, 'north' as team, (20 + (n * 37 + k * 11) % 500)::numeric as amount, 'USD' as currency,
    timestamptz '2023-01-01 00:00Z' + (n * 7 % 700 + k * 120) * interval '1 day' as since,
    case when k < 4 then timestamptz '2023-01-01 00:00Z' + (n * 7 % 700 + (k + 1) * 120) * interval '1 day' end as until
  from generate_series(1, 20000) as n, generate_series(0, 4) as k;
alter table term add primary key (term_id);
create index on term (account_id);
create table rate as
  select 'EUR' as currency, d::date as since, 'spot' as kind, 1.1::numeric as dollars
  from generate_series(timestamp '2023-01-01', timestamp '2025-01-31', interval '1 day') as d;
analyze account;
analyze term;
analyze rate;
