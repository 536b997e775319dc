package io.plumbline.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.warehouse.WarehouseTable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntitledJoinsTest {

  private static final Set<Set<String>> BY_ID = Set.of(Set.of("account_id"));

  private final WarehouseTable accounts = Entitlements.table("accounts", true, BY_ID);
  private final WarehouseTable terms = Entitlements.table("terms", true, Set.of());
  private final Entitlements team = new Entitlements(accounts, terms, Entitlements.OF_THE_TEAM);

  EntitledJoinsTest() throws PolicyException {}

  @ParameterizedTest
  @EnumSource(names = {"INNER", "LEFT"})
  void theKeyIsLookedUpOnceBehindOneFence(JoinRelType type) {
    RelNode joined = joined(type, "account_id", "account_id");
    RelNode simplified = team.governor().simplified(joined);
    assertThat(simplified.getRowType()).isEqualTo(joined.getRowType());
    assertThat(RelOptUtil.toString(simplified))
        .isEqualTo(
            type == JoinRelType.INNER
                ? """
                LogicalProject(account_id=[$0], team=[$1], account_id0=[$2], team0=[$3])
                  LogicalSort(offset=[0])
                    LogicalProject(account_id=[$0], team=[$1], account_id0=[$2], team0=[$3])
                      LogicalJoin(condition=[=($0, $2)], joinType=[inner])
                        LogicalTableScan(table=[[app, terms]])
                        LogicalFilter(condition=[AND(=($1, 'north'), IS NOT NULL($0))])
                          LogicalTableScan(table=[[app, accounts]])
                """
                : """
                LogicalProject(account_id=[$0], team=[$1], account_id0=[$2], team0=[$3])
                  LogicalSort(offset=[0])
                    LogicalProject(account_id=[$0], team=[$1], account_id0=[$2], team0=[$3])
                      LogicalFilter(condition=[IS NOT NULL($2)])
                        LogicalJoin(condition=[=($0, $2)], joinType=[left])
                          LogicalTableScan(table=[[app, terms]])
                          LogicalFilter(condition=[AND(=($1, 'north'), IS NOT NULL($0))])
                            LogicalTableScan(table=[[app, accounts]])
                """);
  }

  @Test
  void whatCountsRowsCountsThoseOfItsSide() {
    RelBuilder accountsOnly = team.builder().push(team.governed(accounts));
    accountsOnly.project(
        accountsOnly.field("account_id"),
        accountsOnly.alias(
            accountsOnly.aggregateCall(SqlStdOperatorTable.COUNT).over().toRex(), "n"));
    RelBuilder builder = team.builder().push(team.governed(terms)).push(accountsOnly.build());
    builder.join(JoinRelType.INNER, same(builder, "account_id", "account_id"));
    staysAsItIs(builder.build());
  }

  @Test
  void anOffsetOfTheQueryIsNoFence() {
    RelBuilder offset = team.builder().scan("app", "accounts");
    offset.filter(offset.equals(offset.field("team"), offset.literal("north")));
    RexNode many = offset.getRexBuilder().makeExactLiteral(new BigDecimal("3000000000"));
    RelNode skipped = LogicalSort.create(offset.build(), RelCollations.EMPTY, many, null);
    RelBuilder builder = team.builder().push(team.governed(terms)).push(skipped);
    builder.join(JoinRelType.INNER, same(builder, "account_id", "account_id"));
    staysAsItIs(builder.build());
  }

  @Test
  void theSidesOfTheEqualityMayBeSwapped() {
    RelBuilder builder = team.builder().push(team.governed(terms)).push(team.governed(accounts));
    RexNode swapped =
        builder.call(
            SqlStdOperatorTable.EQUALS,
            builder.field(2, 1, "account_id"),
            builder.field(2, 0, "account_id"));
    RelNode joined = builder.join(JoinRelType.INNER, swapped).build();
    assertThat(RelOptUtil.toString(team.governor().simplified(joined))).doesNotContain("IN(");
  }

  @Test
  void columnsAreFollowedThroughProjections() {
    RelNode left = renamed(team.builder().push(team.governed(terms)), "team", "account_id").build();
    RelNode right =
        renamed(team.builder().push(team.governed(accounts)), "team", "account_id").build();
    RelBuilder builder = team.builder().push(left).push(right);
    builder.join(JoinRelType.LEFT, same(builder, "b", "b"));
    assertThat(RelOptUtil.toString(team.governor().simplified(builder.build())))
        .startsWith("LogicalProject(a=[$1], b=[$0], a0=[$3], b0=[$2])")
        .doesNotContain("IN(");
  }

  @Test
  void aConditionAboveTheFenceStaysAboveIt() {
    RelBuilder builder = team.builder().push(team.governed(terms));
    builder.filter(builder.equals(builder.field("team"), builder.literal("south")));
    builder.push(team.governed(accounts));
    builder.join(JoinRelType.INNER, same(builder, "account_id", "account_id"));
    assertThat(RelOptUtil.toString(team.governor().simplified(builder.build())))
        .contains(
            """
              LogicalFilter(condition=[=($1, 'south')])
                LogicalSort(offset=[0])
            """)
        .doesNotContain("IN(");
  }

  @ParameterizedTest
  @EnumSource(names = {"RIGHT", "FULL", "SEMI", "ANTI"})
  void otherJoinsKeepRowsOfTheirOwn(JoinRelType type) {
    staysAsItIs(joined(type, "account_id", "account_id"));
  }

  @Test
  void otherColumnsAreNoLookUp() {
    staysAsItIs(joined(JoinRelType.INNER, "team", "account_id"));
    staysAsItIs(joined(JoinRelType.INNER, "account_id", "team"));
  }

  @Test
  void moreConditionsAreNoLookUp() {
    RelBuilder builder = team.builder().push(team.governed(terms)).push(team.governed(accounts));
    RexNode both =
        builder.and(same(builder, "account_id", "account_id"), same(builder, "team", "team"));
    staysAsItIs(builder.join(JoinRelType.LEFT, both).build());
  }

  @Test
  void theOtherSideMustNotBeLessInsideTheFence() {
    RelBuilder scan = team.builder().scan("app", "accounts");
    RexNode south = scan.equals(scan.field("team"), scan.literal("south"));
    RelBuilder builder =
        team.builder().push(team.governed(terms)).push(team.governed(accounts, List.of(south)));
    builder.join(JoinRelType.LEFT, same(builder, "account_id", "account_id"));
    staysAsItIs(builder.build());
  }

  @Test
  void theOtherSideMustBeWhatTheEntitlementFinds() {
    RelBuilder fewer = team.builder().push(team.governed(accounts));
    fewer.filter(fewer.equals(fewer.field("team"), fewer.literal("south")));
    RelBuilder builder = team.builder().push(team.governed(terms)).push(fewer.build());
    builder.join(JoinRelType.LEFT, same(builder, "account_id", "account_id"));
    staysAsItIs(builder.build());

    RelNode open = team.builder().scan("app", "accounts").build();
    builder = team.builder().push(team.governed(terms)).push(open);
    builder.join(JoinRelType.LEFT, same(builder, "account_id", "account_id"));
    staysAsItIs(builder.build());
  }

  private RelNode joined(JoinRelType type, String left, String right) {
    RelBuilder builder = team.builder().push(team.governed(terms)).push(team.governed(accounts));
    return builder.join(type, same(builder, left, right)).build();
  }

  private static RelBuilder renamed(RelBuilder builder, String a, String b) {
    return builder.project(
        builder.alias(builder.field(a), "a"), builder.alias(builder.field(b), "b"));
  }

  private static RexNode same(RelBuilder builder, String left, String right) {
    return builder.call(
        SqlStdOperatorTable.EQUALS, builder.field(2, 0, left), builder.field(2, 1, right));
  }

  private void staysAsItIs(RelNode plan) {
    String before = RelOptUtil.toString(plan);
    assertThat(before).contains("IN(");
    assertThat(RelOptUtil.toString(team.governor().simplified(plan))).isEqualTo(before);
  }
}
