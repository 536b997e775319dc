-- A company of five shops and a handful of contracts, each for one question.
create schema bakery;

create table bakery.shop (
  shop_id text primary key, name text, created timestamptz not null, internal boolean not null, town text);
insert into bakery.shop values
  ('S1', 'Crumb',  '2025-01-01T00:00Z', false, 'north'),
  ('S2', 'Dough',  '2025-01-10T00:00Z', false, 'south'),
  ('S3', 'Eclair', '2025-02-01T00:00Z', false, null),
  ('S4', 'Test',   '2025-01-01T00:00Z', true,  'north'),
  ('S5', 'Flour',  '2025-04-01T00:00Z', false, 'east'),
  ('S6', 'Grain',  '2025-04-01T00:00Z', false, 'west');

create table bakery.contract (
  id text not null, shop text, kind text, fee numeric(10,2) not null, cur text not null,
  starts timestamptz, ends timestamptz, known_from timestamptz not null, known_to timestamptz);
insert into bakery.contract values
  -- Renewed at another price exactly where March begins.
  ('c1', 'S1', 'basic', 100, 'USD', '2025-01-01T00:00Z', '2025-03-01T00:00Z', '2025-01-01T00:00Z', null),
  ('c2', 'S1', 'pro',   150, 'USD', '2025-03-01T00:00Z', null,                '2025-01-01T00:00Z', null),
  ('c3', 'S1', 'addon',  20, 'USD', '2025-02-10T00:00Z', '2025-03-20T00:00Z', '2025-01-01T00:00Z', null),
  -- Two currencies of one shop; the first contract was believed to be 50 until the 10th of March.
  ('c4', 'S2', 'basic',  50, 'EUR', '2025-01-15T00:00Z', null, '2025-01-15T00:00Z', '2025-03-10T00:00Z'),
  ('c4', 'S2', 'basic',  40, 'EUR', '2025-01-15T00:00Z', null, '2025-03-10T00:00Z', null),
  ('c5', 'S2', 'addon',  10, 'USD', '2025-02-15T00:00Z', null, '2025-01-01T00:00Z', null),
  ('c5', 'S2', 'addon',  10, 'USD', '2025-02-15T00:00Z', null, '2025-01-01T00:00Z', null),
  -- A currency whose rate is known from April on, and one without any.
  ('c6', 'S3', 'basic',  30, 'CHF', '2025-02-01T00:00Z', null, '2025-01-01T00:00Z', null),
  ('c7', 'S5', 'basic',   5, 'JPY', '2025-04-10T00:00Z', '2025-04-20T00:00Z', '2025-01-01T00:00Z', null),
  -- Left out: an internal shop, no shop, inverted and missing dates.
  ('x1', 'S4', 'basic', 999, 'USD', '2025-01-01T00:00Z', null, '2025-01-01T00:00Z', null),
  ('x2', 'S9', 'basic', 777, 'USD', '2025-01-01T00:00Z', null, '2025-01-01T00:00Z', null),
  ('x3', 'S2', 'basic', 555, 'USD', '2025-03-10T00:00Z', '2025-03-05T00:00Z', '2025-01-01T00:00Z', null),
  ('x4', 'S2', 'basic', 333, 'USD', null, null, '2025-01-01T00:00Z', null);

-- The dollar, to which the rates are, is not among them.
create table bakery.rate (cur text, since date, usd numeric(10,4) not null, primary key (cur, since));
insert into bakery.rate values
  ('EUR', '2025-01-01', 1.10), ('EUR', '2025-03-01', 1.20), ('CHF', '2025-04-01', 1.50);

create table bakery.visit (visit_id bigint primary key, shop text, day date not null, pages integer not null);
insert into bakery.visit values
  (1, 'S1', '2025-01-31', 4), (2, 'S1', '2025-02-01', 6), (3, 'S2', '2025-02-28', 0),
  (4, 'S6', '2025-03-05', 9), (5, 'S4', '2025-03-05', 8), (6, 'S1', '2025-03-06', 1);
