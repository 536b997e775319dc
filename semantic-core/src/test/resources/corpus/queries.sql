-- q000
select segment, count(*) from customers group by segment order by count(*) desc, segment limit 2;

-- q001
select segment as s, count(*) as n from customers group by s order by n desc, s;

-- q002
select country c, segment s, count(*) from customers group by 1, 2 order by 3 desc, 1, 2;

-- q003
select segment, country, count(*) from customers group by rollup(segment, country) order by 1, 2;

-- q004
select segment, country, grouping(segment), grouping(country), grouping(segment,country) g, count(*) from customers group by cube(segment, country);

-- q005
select segment, count(*) from customers group by grouping sets ((segment), ());

-- q006
select count(*), count(country), count(distinct country), min(id), max(id), sum(id), avg(id) from customers;

-- q007
select segment from customers group by segment having count(*) > 1666 order by 1;

-- q008
select distinct segment from customers order by segment desc;

-- q009
select distinct on (segment) segment, id, name from customers order by segment, id desc;

-- q010
select distinct on (country) country, id from customers where id < 100 order by country, created_at desc, id;

-- q011
select distinct on (segment, country) segment, country, max(id) from customers group by segment, country, tenant_id order by segment, country, max(id) desc;

-- q012
select id, name from customers order by name limit 3;

-- q013
select id, name from customers order by length(name) desc, name desc offset 4 limit 3;

-- q014
select name from customers order by id limit 3;

-- q015
select c.name, n.score from customers c join nps n on n.customer_id = c.id where c.id < 5 order by n.id limit 5;

-- q016
select c.id, count(n.id) from customers c left join nps n on n.customer_id = c.id and n.score > 9 where c.id < 10 group by c.id;

-- q017
select * from customers c natural join nps n where c.id < 4;

-- q019
select a.id, b.id from customers a cross join nps b where a.id < 3 and b.id < 3;

-- q020
select a.id from customers a, customers b where a.id = b.id + 1 and a.id < 5;

-- q021
select c.id, x.m from customers c cross join lateral (select max(score) m from nps n where n.customer_id = c.id) x where c.id < 6;

-- q022
select c.id, x.m from customers c left join lateral (select score m from nps n where n.customer_id = c.id and score > 8 order by n.id limit 1) x on true where c.id < 6;

-- q023
select id, (select name from customers c where c.id = n.customer_id) from nps n where n.id < 5;

-- q024
select id, (select count(*) from nps n where n.customer_id = c.id) + 1 as x from (select id, id * 2 as d from customers) c where id < 5;

-- q025
select d, (select count(*) from nps n where n.customer_id = c.d) from (select id * 2 as d from customers where id < 5) c;

-- q026
select seg, (select max(id) from customers c where c.segment = t.seg) from (select segment as seg, count(*) n from customers group by segment) t;

-- q027
select seg from (select upper(segment) as seg, count(*) n from customers group by 1) t where exists (select 1 from customers c where upper(c.segment) = t.seg and c.id = 1);

-- q028
select t.u from (select upper(segment) as u from customers where id < 10) t where t.u in (select upper(segment) from customers where id = 1);

-- q029
select id from customers where id in (select customer_id from nps where score = 10 and id < 100) and id not in (select id from nps where score > 5) and id < 100;

-- q030
select id from customers c where (select count(*) from nps n where n.customer_id = c.id and n.score > 5) > 2 and id < 100;

-- q031
select id from customers where (segment, country) in (select segment, country from customers where id = 1) and id < 50;

-- q032
select id from customers where country in ('US', 'DE') or (country is null) order by id limit 3;

-- q033
select id from customers where not (country = 'US' and segment = 'SMB') and id < 10;

-- q034
select segment, sum(mrr) s, sum(sum(mrr)) over () t, rank() over (order by sum(mrr) desc) r from revenue_facts group by segment;

-- q035
select kind, segment, sum(mrr), round(100 * sum(mrr) / sum(sum(mrr)) over (partition by kind), 2) from revenue_facts group by kind, segment;

-- q036
select id, lag(mrr) over (order by id) p, lead(mrr, 2, 0.0) over (order by id) n, first_value(mrr) over (order by id rows between 1 preceding and 1 following) f, ntile(3) over (order by id) t from revenue_facts where id < 20;

-- q037
select id, sum(mrr) over (partition by segment order by id rows between 2 preceding and current row), avg(mrr) over (partition by segment), count(*) over () from revenue_facts where id < 30;

-- q038
select id, dense_rank() over w, cume_dist() over w, percent_rank() over w from nps where id < 30 window w as (order by score);

-- q039
select id, sum(score) over (order by responded_on range between interval '3' day preceding and current row) from nps where id < 30;

-- q040
select id, max(created_at) over (partition by country) from customers where id < 20;

-- q041
select x.* from (select id, row_number() over (partition by segment order by id) rn from customers) x where rn = 1;

-- q042
select segment, s from (select segment, sum(mrr) s from revenue_facts group by segment) t where s > 83000000;

-- q043
select date_trunc('month', metric_time) m, count(*) from revenue_facts where metric_time >= '2023-03-01' and metric_time < '2023-05-01' group by 1;

-- q044
select metric_time::date d, sum(mrr) from revenue_facts where id < 100 group by metric_time::date order by d;

-- q045
select extract(year from metric_time) y, extract(month from metric_time) m, sum(mrr) from revenue_facts group by 1, 2;

-- q046
select to_char(metric_time, 'YYYY-MM') m, count(distinct customer_id) from revenue_facts group by to_char(metric_time, 'YYYY-MM') having count(*) > 20000;

-- q047
select case when mrr > 500 then 'big' when mrr > 100 then 'mid' else 'small' end b, count(*), sum(mrr) from revenue_facts group by case when mrr > 500 then 'big' when mrr > 100 then 'mid' else 'small' end;

-- q048
select floor(mrr/100)*100 bucket, count(*) from revenue_facts group by 1;

-- q049
select segment, string_agg(distinct kind, ',' order by kind) from revenue_facts group by segment;

-- q050
select segment, string_agg(kind, '|' order by id desc) filter (where id < 10) from revenue_facts where id < 20 group by segment;

-- q051
select segment, array_agg(id order by id) from revenue_facts where id < 20 group by segment;

-- q052
select segment, percentile_cont(0.9) within group (order by mrr), percentile_disc(0.5) within group (order by mrr desc) from revenue_facts group by segment;

-- q053
select segment, sum(mrr) filter (where kind = 'new') n, count(*) filter (where kind = 'churn' and mrr > 10) c from revenue_facts group by segment;

-- q054
select count(*) from (select 1 from customers where country = 'US' union all select 1 from customers where country = 'DE') t;

-- q055
select id from customers where id < 5 union select customer_id from nps where id < 5 order by 1;

-- q056
select id, 'c' t from customers where id < 3 union all select id, 'nps' from nps where id < 3 order by 1, 2;

-- q057
(select id from customers where id < 5 order by id desc limit 2) union all (select id from nps where id < 5 order by id limit 1);

-- q058
select id from customers where id < 10 intersect select customer_id from nps where score > 8;

-- q059
select id from customers where id < 10 except all select id from nps where id < 5;

-- q060
select 1 as a, null as b union all select 2, 'x';

-- q061
select null::int as a union all select 5;

-- q062
select 1 as a union all select 2.5;

-- q063
select date '2025-01-01' as d union all select timestamp '2025-01-01 10:00:00';

-- q064
values (1, 'a'), (2, 'b');

-- q065
select * from (values (1, 'a'), (2, null)) t(x, y) where y is null;

-- q066
select a.x, b.y from (values (1),(2)) a(x) full join (values (2),(3)) b(y) on a.x = b.y;

-- q067
with a as (select id, segment from customers where id < 100), b as (select segment, count(*) n from a group by segment) select a.id, b.n from a join b on a.segment = b.segment where a.id < 5;

-- q068
with recursive r(n, s) as (select 1, 1 union all select n + 1, s * (n + 1) from r where n < 6) select n, s from r where n > 3;

-- q069
with x as (select segment, count(*) n from customers group by segment) select (select max(n) from x) - (select min(n) from x);

-- q070
select * from customers where false;

-- q071
select * from customers where name = 'cust1' and 1 = 1;

-- q072
select id from customers where name like 'cust1%' and name not like '%9' and id < 200;

-- q073
select id from customers where created_at between '2023-01-05' and '2023-01-07 00:00:00' order by id;

-- q074
select id from customers where created_at = date '2023-01-05';

-- q075
select id from customers where created_at::date = '2023-01-05';

-- q076
select id from customers where created_at > timestamp '2024-11-28' - interval '1 day' and id < 700;

-- q077
select id from events where event_time >= timestamptz '2024-01-01 00:00:00+00' and event_time < timestamptz '2024-01-01 00:05:00+00' and id < 400;

-- q078
select id, event_time at time zone 'America/Los_Angeles' from events where id < 5;

-- q079
select date_trunc('day', event_time at time zone 'Asia/Tokyo') d, count(*) from events where id < 5000 group by 1;

-- q080
select customer_id, count(*) from events group by customer_id having count(*) = (select max(c) from (select count(*) c from events group by customer_id) t) order by 1 limit 3;

-- q081
select e.event_type, count(*) from events e join customers c on c.id = e.customer_id and c.segment = 'SMB' where e.id < 10000 group by 1;

-- q082
select coalesce(c.country, 'none') ct, sum(coalesce(r.mrr, 0)) from customers c left join revenue_facts r on r.customer_id = c.id and r.id < 1000 group by 1;

-- q083
select count(*) from customers a where a.id > all (select b.id from customers b where b.country = 'US' and b.id < 50) and a.id < 100;

-- q084
select id, id % 3 = 0 as third, (id % 2)::boolean as odd from customers where id < 7;

-- q085
select id / 3, id / 3.0, id * 1.5, -id, id::float8 / 3 from customers where id < 4;

-- q086
select sum(id) / count(*), avg(id), sum(id)::float8 / count(*) from customers;

-- q087
select round(avg(mrr), 2), round(sum(mrr) / 7, 3), sum(mrr) * 0.1 from revenue_facts;

-- q088
select sum(id * 1000000000) from revenue_facts;

-- q089
select max(name), min(created_at), max(created_at) - min(created_at) from customers;

-- q090
select "t"."Some Name" from saas."MixedCase" "t" where "t"."Id" = 1;

-- q091
select "Id" as "a b", count(*) as "c""d" from saas."MixedCase" group by "Id";

-- q092
select c.* from customers c where c.id = 1;

-- q093
select c.*, 1 as one from customers c where c.id < 3;

-- q094
select count(*) filter (where score >= 9)::float8 / count(*) - count(*) filter (where score <= 6)::float8 / count(*) from nps;

-- q095
select bool_or(score > 9), bool_and(score >= 0), every(score < 11) from nps;

-- q096
select stddev_samp(score), variance(score), corr(score, customer_id), covar_pop(score, customer_id), regr_slope(score, customer_id) from nps where id < 1000;

-- q097
select mode() within group (order by score) from nps where id < 1000;

-- q098
select s.d, count(n.id) from generate_series(date '2024-01-01', date '2024-01-05', interval '1 day') s(d) left join nps n on n.responded_on = s.d group by 1;

-- q099
select g, g * 2 from generate_series(1, 3) g;

-- q100
select id from customers tablesample system (100) where id < 4;

-- q101
select id from customers order by country nulls first, id desc limit 3;

-- q102
select id from customers order by case when country = 'US' then 0 else 1 end, id fetch first 3 rows only;

-- q103
select id, name from customers order by 2 desc, 1 limit 2;

-- q104
select upper(segment) from customers group by upper(segment) order by upper(segment);

-- q105
select lower(segment) || '-' || country k, count(*) from customers group by lower(segment) || '-' || country order by k;

-- q106
select segment, count(*) from customers where id < 100 group by segment order by segment = 'MID' desc, segment;

-- q107
select a.segment, a.n, b.n from (select segment, count(*) n from customers group by segment) a join (select segment, sum(mrr) n from revenue_facts group by segment) b using (segment);

-- q108
select t.a + 1, t.b from (select sum(id) a, max(id) b from customers) t where t.a > 1;

-- q109
select max(x) from (select count(*) x from customers group by country) t;

-- q110
select count(*) from (select distinct segment, country from customers) t;

-- q111
select count(*) from (select id from customers order by id limit 10 offset 3) t where id > 5;

-- q112
select id from (select id from customers order by created_at desc, id limit 5) t order by id;

-- q113
select segment, (array_agg(id order by id))[1] from customers group by segment;

-- q114
select id from customers where id = any(array(select customer_id from nps where id < 4));

-- q115
select exists(select 1 from customers where id = -1), not exists(select 1 from customers);

-- q116
select id, exists(select 1 from nps n where n.customer_id = c.id and n.score = 10) e from customers c where id < 12;

-- q117
select case when exists(select 1 from nps where score = 10) then 'y' else 'n' end;

-- q118
select 1 from customers having count(*) > 1;

-- q119
select count(*) from customers where created_at < now() and created_at < current_date and created_at < current_timestamp and created_at < localtimestamp;

-- q120
select n.id from nps n where n.responded_on >= date '2024-12-30' - 2 and n.id < 800;

-- q121
select n.responded_on + 1, n.responded_on - n.responded_on, n.responded_on + interval '1 month' from nps n where n.id < 4;

-- q122
select id from customers where segment = 'SMB' and id < 20 and name is not null and country <> 'US' and tenant_id in (1,2,3) order by id;

-- q123
select sum(case when country = 'US' then 1 end), count(case when country = 'US' then 1 end), sum(case when country = 'US' then 1 else 0 end) from customers;

-- q124
select x, count(*) from (select case when id % 2 = 0 then 'even' else 'odd' end x from customers) t group by x;

-- q125
select segment, count(*) * 100.0 / (select count(*) from customers) pct from customers group by segment;

-- q126
select nullif(segment, 'SMB'), count(*) from customers group by nullif(segment, 'SMB');

-- q127
select a.id, b.id from customers a left join customers b on a.id = b.tenant_id and b.id < 6 where a.id < 6;

-- q128
select * from (select id from customers where id < 3) a, (select id as k from nps where id < 3) b;

-- q129
select id as "select", name as "from" from customers where id = 1;

-- q130
select min(id) from customers group by ();

-- r000
select c.id, (select max(x.score) from nps x where x.customer_id = c.id) from customers c join nps n on n.customer_id = c.id where c.id < 5;

-- r001
select c.id, n.id, (select count(*) from nps x where x.id = n.id + c.id) from customers c left join nps n on n.customer_id = c.id where c.id < 5;

-- r002
select (select count(*) from nps x where x.id < c.id) from customers c, nps n where c.id = n.id and c.id < 5;

-- r003
select d from (select d from (select id * 2 as d from customers) a where d > 2) c where exists (select 1 from nps n where n.id = c.d) and d < 20;

-- r004
select d, e from (select id * 2 as d, id + 1 as e from customers where id < 9) c where d in (select customer_id from nps n where n.id < c.e);

-- r005
select s, (select count(*) from customers c where c.segment = t.s and c.id < t.n) from (select segment s, count(*) n from customers group by segment) t where n > 10;

-- r006
select s, x from (select s, (select count(*) from customers c where c.segment = t.s) x from (select segment s, count(*) n from customers group by segment) t) u where x > 1666;

-- r007
select u.a, (select max(id) from customers c where c.id < u.a) from (select id a from customers where id < 4 union all select id from nps where id < 4) u;

-- r008
select u.a, (select max(id) from customers c where c.id < u.a) from (select id a from customers order by id desc limit 3) u;

-- r009
select u.a, (select max(id) from customers c where c.id < u.a) from (select distinct tenant_id a from customers) u;

-- r010
select v.x, (select count(*) from nps n where n.id < v.x) from (values (3), (5)) v(x);

-- r011
select v.x, (select count(*) from nps n where n.id < v.x) from generate_series(1, 4) v(x);

-- r012
select id, (select n.score from nps n where n.customer_id = c.id order by n.id limit 1) s1, (select count(*) from nps n where n.customer_id = c.id) s2 from customers c where id < 5;

-- r013
select id, row_number() over (order by (select count(*) from nps n where n.customer_id = c.id), id) from customers c where id < 8;

-- r014
select sum((select count(*) from nps n where n.customer_id = c.id)) from customers c where id < 10;

-- r015
select segment, sum(k) from (select segment, (select count(*) from nps n where n.customer_id = c.id) k from customers c where id < 100) t group by segment;

-- r016
select c.id, l.s from customers c left join lateral (select sum(score) s from nps n where n.customer_id = c.id and n.score > 5) l on l.s > 10 where c.id < 12;

-- r017
select c.id, l.id from customers c join lateral (select n.id from nps n where n.customer_id = c.id order by n.id limit 2) l on true where c.id < 5;

-- r018
select c.id, l.id, k.z from customers c left join lateral (select n.id from nps n where n.customer_id = c.id order by n.id limit 1) l on true left join lateral (select count(*) z from nps q where q.id < l.id) k on true where c.id < 5;

-- r019
select c.id from customers c where c.id < 10 and c.id > (select avg(x.tenant_id) from customers x where x.segment = c.segment) and exists (select 1 from nps n where n.customer_id = c.id and n.score > (select avg(score) from nps m where m.customer_id = c.id));

-- r020
select seg from (select segment seg, sum(id) s from customers group by segment having sum(id) > 5) t where s > (select avg(s2) from (select sum(id) s2 from customers c group by segment) q);

-- r021
select t.country from (select country, count(*) n from customers group by country) t where t.n >= all (select count(*) from customers c group by c.country);

-- r022
select c.id from customers c where not exists (select 1 from customers d where d.segment = c.segment and d.id > c.id) order by 1;

-- r023
select c.id, case when exists (select 1 from nps n where n.customer_id = c.id and n.score = 10) then 'p' else 'd' end from customers c where c.id < 9;

-- r024
select c.segment, count(*) from customers c where exists (select 1 from nps n where n.customer_id = c.id and n.score = 10) group by c.segment having count(*) > (select count(*) / 10 from nps);

-- r025
select max(r) from (select rank() over (partition by segment order by id) r, segment from customers) t group by segment;

-- r026
select * from (select id, sum(id) over (order by id) s from customers where id < 6) t where s > (select min(id) from customers) order by s desc;

-- r027
select a.m, a.s, b.s from (select date_trunc('month', metric_time) m, sum(mrr) s from revenue_facts group by 1) a left join (select date_trunc('month', metric_time) m, sum(mrr) s from revenue_facts group by 1) b on b.m = a.m - interval '1 month';

-- r028
select segment, x, count(*) from (select segment, id % 3 x from customers) t group by segment, x having count(*) > (select avg(id) / 5 from customers);

-- r029
select id from customers where id in (1, 2, (select max(id) from nps where id < 10));

-- r030
select coalesce((select max(id) from customers where id < 0), 0);

-- r031
select id + (select max(score) from nps) from customers where id < 3;

-- r032
select id from customers where id < 100 order by (select count(*) from nps n where n.customer_id = customers.id) desc, id limit 3;

-- r033
select segment from customers group by segment order by (select count(*) from nps n where n.id < max(customers.id)), segment;

-- r034
select count(*) from customers c where c.id < 50 and (select count(*) from nps n where n.customer_id = c.id) = (select count(*) from events e where e.customer_id = c.id and e.id < 10000);

-- r035
select e.d, e.n from (select event_time::date d, count(*) n from events where id < 2000 group by 1) e where n > (select avg(score) from nps);

-- r036
select 'x' || (select name from customers where id = 1) || 'y';

-- r037
select t1.id from customers t1 join (select customer_id, max(score) m from nps group by customer_id) t2 on t1.id = t2.customer_id and t2.m = (select max(score) from nps n where n.customer_id = t1.id) where t1.id < 6;

-- r038
select id, score from customers join nps using (id) where score > 9 and name = 'cust5';

-- r039
select min(a.id) filter (where b.score > 5) from customers a join nps b on b.customer_id = a.id;

-- r040
select id from (select id, country from customers where country = 'US' order by id limit 5) t union select id from (select id from nps order by id desc limit 2) u order by 1;

-- r041
select * from (select 1 as a) x, (select 2 as a) y;

-- r042
select count(*) from customers where (id, segment) not in (select customer_id, kind from revenue_facts where id < 10);

-- r043
select grouping(segment), segment, sum(n) from (select segment, country, count(*) n from customers group by segment, country) t group by rollup(segment) having sum(n) > 10;

-- r044
select sum(n) over (order by segment), segment from (select segment, count(*) n from customers group by segment) t;

-- r045
select segment, count(*) c, sum(count(*)) over (order by segment rows unbounded preceding) from customers group by segment;

-- r046
select segment, avg(count(*)) over () from customers group by segment, country;

-- r047
select first_value(name) over (partition by segment order by id desc) from customers where id < 8;

-- r048
select count(distinct segment), count(distinct country) filter (where id < 3), sum(distinct tenant_id) from customers;

-- r049
select count(*) from (select * from customers c join nps n on n.customer_id = c.id) t;

-- r050
select t.id, t.id0 from (select c.id, n.id as id0 from customers c join nps n on n.customer_id = c.id) t where t.id0 < 4;

