drop schema if exists histories cascade;
create schema histories;
create table histories.accounts (account_id text primary key, history text not null, internal boolean not null, manager text, created_at timestamp not null);
create table histories.managers (account_id text not null, manager text not null, valid_from date not null, valid_to date);
create table histories.intervals (interval_id text not null, account_id text not null, status text not null, quantity int not null, cents bigint not null,
  currency text not null, months int not null, discount int not null, valid_from timestamptz not null, valid_to timestamptz, recorded_from timestamptz not null, recorded_to timestamptz);
create table histories.rates (currency text not null, kind text not null, valid_from date not null, dollars numeric not null);
