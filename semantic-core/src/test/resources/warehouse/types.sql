create schema saas;
create table saas.every_type (
  id int primary key, exact numeric(18, 2), free numeric, at timestamptz, moment timestamp, day date,
  flags boolean, payload jsonb, key uuid, span interval, list int[], secret text, raw bytea, clock time);
insert into saas.every_type values
  (1, 1.5, 0.123456789012345678901234567890123456789, '2025-06-01 12:00+02', '2025-06-01 12:00',
   '2025-06-01', true, '{"a": 1}', '7d444840-9dc0-11d1-b245-5ffdce74fad2', '1 mon 2 days', '{1,2}',
   'hidden1', '\x01', '10:30'),
  (2, null, null, '1500-02-28 12:00+00', '1500-02-28 12:00', '1500-02-28', null, null, null, null,
   null, null, null, null),
  (3, null, null, 'infinity', 'infinity', 'infinity', null, null, null, null, null, null, null, null),
  (4, null, null, '-infinity', '-infinity', '-infinity', null, null, null, null, null, null, null, null);
create view saas.a_view as select id, free from saas.every_type;
create materialized view saas.a_materialized_view as select id from saas.every_type;
create table saas.partitioned (day date not null, n int) partition by range (day);
create table saas.partition_2025 partition of saas.partitioned for values from ('2025-01-01') to ('2026-01-01');
