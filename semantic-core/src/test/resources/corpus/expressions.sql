-- z000
select 1+2*3 as x;

-- z001
select 7/2 as x;

-- z002
select -7/2 as x;

-- z003
select 7/2.0 as x;

-- z004
select 7.0/3 as x;

-- z005
select -7 % 3 as x;

-- z006
select mod(-7,3) as x;

-- z007
select 2^3 as x;

-- z008
select 2*3^2 as x;

-- z009
select -2^2 as x;

-- z011
select 10-2-3 as x;

-- z012
select 1.5+1.5::int as x;

-- z013
select '5'::int*2 as x;

-- z014
select -1::int as x;

-- z015
select (1+1)::text||'x' as x;

-- z016
select 'a'||1 as x;

-- z017
select 'a'||1+2 as x;

-- z018
select 1::text||2 as x;

-- z019
select 'a'||null as x;

-- z020
select concat('a',null,'b',1) as x;

-- z021
select concat_ws(',', 'a', null, 'b') as x;

-- z022
select round(2.5) as x;

-- z023
select round(-2.5) as x;

-- z024
select round(3.14159,2) as x;

-- z025
select round(2.5::float8) as x;

-- z026
select trunc(-2.7) as x;

-- z027
select trunc(3.14159,2) as x;

-- z028
select ceil(2.1) as x;

-- z029
select floor(-2.1) as x;

-- z030
select ceiling(2) as x;

-- z031
select sqrt(2) as x;

-- z032
select sqrt(2.0) as x;

-- z033
select power(2,10) as x;

-- z034
select power(2.0,0.5) as x;

-- z035
select exp(1) as x;

-- z036
select exp(1.0) as x;

-- z037
select ln(10) as x;

-- z038
select log(100) as x;

-- z039
select log(2.0,8.0) as x;

-- z040
select abs(-3.5) as x;

-- z041
select sign(-2) as x;

-- z042
select 5::numeric(10,2) as x;

-- z043
select 1.255::numeric(10,2) as x;

-- z044
select cast(1.255 as decimal(5,1)) as x;

-- z045
select cast('abc' as varchar(2)) as x;

-- z046
select cast('abcd' as char(2)) as x;

-- z047
select 'abc'::text as x;

-- z048
select cast(1.5 as integer) as x;

-- z049
select cast(2.5 as integer) as x;

-- z050
select cast(-1.5 as integer) as x;

-- z051
select cast('2025-01-01' as date) as x;

-- z052
select date '2025-01-31' as x;

-- z053
select date '2025-01-31' + 1 as x;

-- z054
select 1 + date '2025-01-31' as x;

-- z055
select date '2025-01-31' - 1 as x;

-- z056
select date '2025-03-01' - date '2025-02-01' as x;

-- z057
select date '2025-01-31' + interval '1 month' as x;

-- z058
select date '2025-01-31' + interval '1' month as x;

-- z059
select date '2025-01-31' - interval '1 day' as x;

-- z060
select date '2025-01-31' + time '10:00' as x;

-- z061
select timestamp '2025-01-31 10:00:00' + interval '1 month 2 days 03:04:05' as x;

-- z062
select timestamp '2025-01-31 10:00:00' - timestamp '2025-01-01 00:00:00' as x;

-- z063
select timestamp '2025-01-31 10:00:00' - date '2025-01-01' as x;

-- z064
select interval '1 day' * 3 as x;

-- z065
select 3 * interval '1 day' as x;

-- z066
select interval '3 days' / 2 as x;

-- z067
select interval '1 day' + interval '2 hours' as x;

-- z068
select interval '1' day - interval '2' hour as x;

-- z069
select interval '-1 day' as x;

-- z070
select timestamp '2025-01-01 00:00:00' + interval '-1' day as x;

-- z071
select timestamp '2025-01-01 00:00:00' + interval '1-2' year to month as x;

-- z072
select timestamp '2025-01-01 00:00:00' + interval '1 2:03:04' day to second as x;

-- z073
select timestamp '2025-01-01 00:00:00' - interval '1 2' day to hour as x;

-- z074
select timestamp '2025-01-01 00:00:00' + interval '1.5' second as x;

-- z075
select timestamp '2025-01-01 00:00:00' + interval '90 minutes ago' as x;

-- z076
select timestamp '2025-01-01 00:00:00' + interval '2 weeks' as x;

-- z077
select extract(year from date '2025-02-03') as x;

-- z078
select extract(epoch from timestamp '2025-02-03 00:00:01.5') as x;

-- z079
select extract(second from timestamp '2025-02-03 00:00:01.5') as x;

-- z080
select extract(dow from date '2025-02-02') as x;

-- z081
select extract(isodow from date '2025-02-02') as x;

-- z082
select extract(doy from date '2025-02-02') as x;

-- z083
select extract(week from date '2025-12-29') as x;

-- z084
select extract(isoyear from date '2025-12-29') as x;

-- z085
select extract(quarter from date '2025-12-29') as x;

-- z086
select extract(year from date '2025-01-01')/4 as x;

-- z087
select extract(day from interval '3 days') as x;

-- z088
select extract(epoch from interval '1 day') as x;

-- z089
select extract(month from timestamp '2025-02-03 00:00:00')::int as x;

-- z090
select date_part('month', date '2025-02-03') as x;

-- z091
select date_trunc('month', timestamp '2025-02-03 10:00:00') as x;

-- z092
select date_trunc('quarter', timestamp '2025-05-03 10:00:00') as x;

-- z093
select date_trunc('week', timestamp '2025-05-03 10:00:00') as x;

-- z094
select date_trunc('month', date '2025-02-03')::date as x;

-- z095
select date_trunc('hour', timestamptz '2025-02-03 10:30:00+02') as x;

-- z096
select timestamptz '2025-02-03 10:30:00+02' as x;

-- z097
select timestamptz '2025-02-03 10:30:00+02' at time zone 'America/New_York' as x;

-- z098
select timestamp '2025-02-03 10:30:00' at time zone 'America/New_York' as x;

-- z099
select (timestamp '2025-02-03 10:30:00' at time zone 'UTC')::date as x;

-- z100
select timestamp '2025-02-03 10:30:00' at time zone 'UTC' at time zone 'Asia/Tokyo' as x;

-- z101
select timestamp with time zone '2025-02-03 10:30:00+02' as x;

-- z102
select cast('2025-02-03 10:30:00+02' as timestamp with time zone) as x;

-- z103
select to_char(timestamp '2025-02-03 10:30:00', 'YYYY-MM-DD HH24:MI') as x;

-- z104
select to_char(1234.5, 'FM9,999.00') as x;

-- z105
select to_date('03/02/2025','DD/MM/YYYY') as x;

-- z106
select to_timestamp(1700000000) as x;

-- z107
select make_date(2025,2,3) as x;

-- z108
select make_timestamp(2025,2,3,1,2,3.5) as x;

-- z109
select age(timestamp '2025-02-03', timestamp '2024-01-01') as x;

-- z110
select length('héllo') as x;

-- z111
select char_length('abc') as x;

-- z112
select upper('straße') as x;

-- z113
select lower('ABC') as x;

-- z114
select initcap('hello world') as x;

-- z115
select left('abcdef',2) as x;

-- z116
select left('abcdef',-2) as x;

-- z117
select right('abcdef',2) as x;

-- z118
select substr('abcdef',2,3) as x;

-- z119
select substring('abcdef' from 2 for 3) as x;

-- z120
select substring('abcdef',2) as x;

-- z122
select position('c' in 'abc') as x;

-- z123
select strpos('abc','c') as x;

-- z124
select replace('abc','b','x') as x;

-- z125
select translate('abc','ab','xy') as x;

-- z126
select split_part('a,b,c',',',2) as x;

-- z127
select lpad('a',3,'x') as x;

-- z128
select rpad('a',3) as x;

-- z129
select ltrim('  a ') as x;

-- z130
select rtrim('xxaxx','x') as x;

-- z131
select btrim('xxaxx','x') as x;

-- z132
select trim('  a ') as x;

-- z133
select trim(both 'x' from 'xax') as x;

-- z134
select trim(leading from '  a') as x;

-- z135
select overlay('abcdef' placing 'zz' from 2 for 3) as x;

-- z136
select reverse('abc') as x;

-- z137
select repeat('ab',3) as x;

-- z138
select md5('a') as x;

-- z139
select ascii('a') as x;

-- z140
select chr(97) as x;

-- z141
select starts_with('abc','ab') as x;

-- z142
select 'abc' like 'a%' as x;

-- z143
select 'abc' not like 'a%' as x;

-- z144
select 'ABC' ilike 'a%' as x;

-- z145
select 'a_c' like 'a\_c' as x;

-- z146
select 'a%c' like 'a!%c' escape '!' as x;

-- z147
select 'abc' similar to '(a|b)%' as x;

-- z148
select 'abc' ~ '^a' as x;

-- z149
select 'ABC' ~* '^a' as x;

-- z150
select 'abc' !~ 'x' as x;

-- z151
select regexp_replace('abcabc','b','x','g') as x;

-- z152
select regexp_replace('abcabc','b','x') as x;

-- z153
select regexp_replace('abc','(b)','[\1]') as x;

-- z154
select 'a' < 'B' as x;

-- z155
select 'Z' < 'a' as x;

-- z156
select 1 between 0 and 2 as x;

-- z157
select 1 not between symmetric 3 and 2 as x;

-- z158
select 1 in (1,2,null) as x;

-- z159
select 3 in (1,2,null) as x;

-- z160
select 3 not in (1,2,null) as x;

-- z161
select null in (1,2) as x;

-- z162
select null = null as x;

-- z163
select null is null as x;

-- z164
select 1 is distinct from null as x;

-- z165
select null is not distinct from null as x;

-- z166
select not null as x;

-- z167
select true and null as x;

-- z168
select false and null as x;

-- z169
select true or null as x;

-- z170
select (1,2) = (1,2) as x;

-- z171
select (1,2) < (1,3) as x;

-- z172
select case when null then 1 else 2 end as x;

-- z173
select case 1 when 1 then 'a' else 'bcd' end as x;

-- z174
select case when true then 1 else 2.5 end as x;

-- z175
select coalesce(null,null,3) as x;

-- z176
select coalesce(null,'a') as x;

-- z177
select nullif(1,1) as x;

-- z178
select greatest(1,null,3) as x;

-- z179
select least(1,2.5) as x;

-- z180
select greatest('a','b') as x;

-- z181
select greatest(date '2025-01-01', date '2024-01-01') as x;

-- z182
select 1=1.0 as x;

-- z183
select 1=1.0::float8 as x;

-- z184
select 0.1::float8+0.2::float8 as x;

-- z186
select 'NaN'::float8 as x;

-- z187
select 1/3::float8 as x;

-- z188
select cast(1 as real)/3 as x;

-- z189
select true::int as x;

-- z190
select 1::boolean as x;

-- z191
select 'true'::boolean as x;

-- z192
select 'yes'::bool as x;

-- z193
select array[1,2,3] as x;

-- z195
select (array['a','b'])[1] as x;

-- z196
select 2 = any(array[1,2]) as x;

-- z197
select 2 = any('{1,2}'::int[]) as x;

-- z198
select 2 <> all(array[1,3]) as x;

-- z199
select array_length(array[1,2,3],1) as x;

-- z200
select array[1,2]||array[3] as x;

-- z201
select array_to_string(array[1,2,3],',') as x;

-- z202
select '{"a":{"b":5}}'::jsonb -> 'a' ->> 'b' as x;

-- z203
select ('{"a":{"b":5}}'::jsonb #>> '{a,b}')::int + 1 as x;

-- z204
select '{"a":1}'::jsonb @> '{"a":1}'::jsonb as x;

-- z205
select '[1,2]'::jsonb ->> 0 as x;

-- z206
select json_build_object('a',1,'b','x') as x;

-- z207
select to_json(1) as x;

-- z208
select '7d444840-9dc0-11d1-b245-5ffdce74fad2'::uuid as x;

-- z209
select '2025-01-01'::timestamp as x;

-- z210
select '1 month'::interval as x;

-- z211
select '10:30'::time as x;

-- z212
select cast('10:30' as time) as x;

-- z213
select time '10:30' + interval '1 hour' as x;

-- z214
select date '2025-01-01' < timestamp '2025-01-01 00:00:01' as x;

-- z215
select date '2025-01-01' = '2025-01-01' as x;

-- z216
select '2025-01-01' = date '2025-01-01' as x;

-- z217
select timestamp '2025-01-01 00:00:00' > '2024-12-31' as x;

-- z218
select '1' = 1 as x;

-- z219
select 1 < '2' as x;

-- z220
select '' as x;

-- z221
select 'it''s' as x;

-- z222
select E'a\nb\'c' as x;

-- z223
select $$a'b$$ as x;

-- z224
select $x$a $$ b$x$ as x;

-- z225
select U&'\0041' as x;

-- z226
select N'abc' as x;

-- z227
select '%' || 'a' || '%' as x;

-- z228
select 1 /* c */ + -- d
2 as x;

-- z229
select +5 as x;

-- z230
select - -5 as x;

-- z231
select not true = false as x;

-- z233
select 2 + 3 = 5 and not 1 = 2 as x;

-- z234
select 1.0 as x;

-- z235
select 1.10 as x;

-- z236
select 100000000000 as x;

-- z237
select 9223372036854775807 as x;

-- z238
select 12345678901234567890 as x;

-- z239
select 0.000001 as x;

-- z240
select 1e-7 as x;

-- z241
select .5 as x;

-- z242
select width_bucket(5, 0, 10, 5) as x;

-- z243
select pi() as x;

-- z244
select degrees(1.0) as x;

-- z245
select sin(1) as x;

-- z246
select atan2(1,2) as x;

-- z247
select cbrt(27) as x;

-- z248
select div(7,2) as x;

-- z249
select row_number() over () as x;

-- z250
select isfinite(date '2025-01-01') as x;

-- z251
select encode('a'::bytea,'hex') as x;

-- z252
select bit_length('abc') as x;

-- z253
select quote_literal('a') as x;

-- z254
select format('%s-%s','a',1) as x;

-- z255
select regexp_count('aaa','a') as x;

-- z256
select regexp_like('abc','B','i') as x;

-- z257
select justify_days(interval '40 days') as x;

-- z258
select timestamp '2025-01-01 10:00:00'::date as x;

-- z259
select date '2025-01-01'::timestamp as x;

-- z260
select date '2025-01-01'::timestamptz as x;

-- z261
select '2025-01-01'::date::text as x;

-- z262
select current_date = now()::date as x;

-- z263
select exists(select 1) as x;

-- z264
select (select 1) as x;

-- z265
select (select max(x) from (values (1),(2)) t(x)) as x;

-- z266
select 1 = all(select 1) as x;

-- z267
select 1 > some(values (0),(5)) as x;

-- z268
select (select count(*) from generate_series(1,5) g where g > 2) as x;

-- z269
select (select sum(n) from generate_series(1,5) n) as x;

-- z270
select (select string_agg(x, ',' order by x desc) from (values ('a'),('b')) t(x)) as x;

-- z271
select (select array_agg(x order by x desc) from (values (1),(2)) t(x)) as x;

-- z272
select (select count(distinct x) from (values (1),(1),(2)) t(x)) as x;

-- z273
select (select sum(x) filter (where x > 1) from (values (1),(1),(2)) t(x)) as x;

-- z274
select (select avg(x) from (values (1),(2)) t(x)) as x;

-- z275
select (select avg(x) from (values (1.5),(2)) t(x)) as x;

-- z276
select (select sum(x) from (values (1.5::float8),(2)) t(x)) as x;

-- z277
select (select stddev(x) from (values (1),(2),(4)) t(x)) as x;

-- z278
select (select percentile_cont(0.5) within group (order by x) from (values (1),(2)) t(x)) as x;

-- z279
select (select percentile_disc(0.5) within group (order by x) from (values (1),(2)) t(x)) as x;

-- z280
select (select bool_and(x > 1) from (values (1),(2)) t(x)) as x;

-- z281
select (select every(x > 0) from (values (1),(2)) t(x)) as x;

-- z282
select (select max(x) from (values (date '2025-01-01'),(date '2025-02-01')) t(x)) as x;

-- z283
select (select min(x) from (values ('b'),('a')) t(x)) as x;

-- z284
select (select json_agg(x) from (values (1),(2)) t(x)) as x;

-- z285
select (select x from (values (1,'a'),(2,'b')) t(x,y) where y = 'b') as x;

-- z286
select (select count(*) from (select 1 union select 1) t) as x;

-- z287
select (select count(*) from (select 1 union all select 1) t) as x;

-- z288
select (select count(*) from (select 1 as a except select 1) t) as x;

