package io.plumbline.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.Benchmark;
import io.plumbline.engine.Principal;
import io.plumbline.engine.SourceScan;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyGovernorTest {

  private static final RelDataTypeFactory TYPES = PlumblineTypeSystem.typeFactory();

  private static final WarehouseTable TABLE =
      new WarehouseTable(
          "app",
          "accounts",
          List.of(
              new WarehouseTable.Column(
                  "account_id", TYPES.createSqlType(SqlTypeName.BIGINT), "")));

  private PolicyGovernor governor;

  @BeforeEach
  void readPolicy() throws PolicyException {
    governor =
        new PolicyGovernor(
            new PolicyReader()
                .read(
                    "policy.yaml",
                    """
                    roles: [admin, pm, finance, idle, partner, tenant, broker]
                    self_service:
                      - {role: admin, allowed_schemas: [ALL]}
                      - {role: pm, allowed_schemas: [metrics, app], denied_schemas: [stripe]}
                      - {role: finance, allowed_schemas: [metrics, stripe, finance]}
                      - {role: partner, allowed_schemas: [metrics], min_group_size: 5}
                      - {role: tenant, allowed_schemas: [metrics, app], min_group_size: 5, benchmark: [arpa]}
                      - {role: broker, allowed_schemas: [metrics], min_group_size: 9, benchmark: [nps]}
                    physical_plan: [admin]
                    """),
            MaskSecret.random());
  }

  @Test
  void aRoleSeesTheSchemasItIsAllowed() {
    assertThat(governor.maySeeSchema(user("pm"), "app")).isTrue();
    assertThat(governor.maySeeTable(user("pm"), "app", "users")).isTrue();
    assertThat(governor.maySeeColumn(user("pm"), "app", "users", "email")).isTrue();
    assertThat(governor.maySeeSchema(user("pm"), "finance")).isFalse();
    assertThat(governor.maySeeSchema(user("admin"), "anything")).isTrue();
  }

  @Test
  void grantsOfSeveralRolesAddUp() {
    assertThat(governor.maySeeSchema(user("pm", "finance"), "app")).isTrue();
    assertThat(governor.maySeeSchema(user("pm", "finance"), "finance")).isTrue();
  }

  @Test
  void whoSeesNoSmallGroupsSeesNoRowsWithAnotherRoleEither() {
    assertThat(governor.minGroupSize(user("partner"))).contains(5);
    assertThat(governor.minGroupSize(user("partner", "admin"))).contains(5);
    assertThat(governor.maySeeSchema(user("partner", "admin"), "app")).isFalse();
    assertThat(governor.minGroupSize(user("admin"))).isEmpty();
  }

  @Test
  void whoComparesItselfSeesItsOwnInGroupsOfAnySize() {
    assertThat(governor.minGroupSize(user("tenant"))).isEmpty();
    assertThat(governor.maySeeSchema(user("tenant"), "app")).isTrue();
    assertThat(governor.benchmark(user("tenant"))).contains(new Benchmark(Set.of("arpa"), 5));
    assertThat(governor.benchmark(user("pm"))).isEmpty();
  }

  @Test
  void benchmarksOfSeveralRolesAddUpInTheLargestGroups() {
    assertThat(governor.benchmark(user("tenant", "broker")))
        .contains(new Benchmark(Set.of("arpa", "nps"), 9));
    assertThat(governor.minGroupSize(user("tenant", "partner"))).contains(5);
  }

  @Test
  void aDenialWinsOverTheGrantOfAnotherRole() {
    assertThat(governor.maySeeSchema(user("finance"), "stripe")).isTrue();
    assertThat(governor.maySeeSchema(user("pm", "finance"), "stripe")).isFalse();
    assertThat(governor.maySeeSchema(user("pm", "admin"), "stripe")).isFalse();
  }

  @Test
  void whoHasNoRoleSeesNothing() {
    assertThat(governor.maySeeSchema(user(), "metrics")).isFalse();
    assertThat(governor.maySeeSchema(user("idle"), "metrics")).isFalse();
  }

  @Test
  void whoHasAnUndeclaredRoleSeesNothingNotEvenByTheOthers() {
    assertThat(governor.maySeeSchema(user("intern"), "metrics")).isFalse();
    assertThat(governor.maySeeSchema(user("admin", "intern"), "metrics")).isFalse();
    assertThat(governor.maySeePhysicalPlan(user("admin", "intern"))).isFalse();
  }

  @Test
  void physicalPlansAreShownToTheRolesListed() {
    assertThat(governor.maySeePhysicalPlan(user("admin"))).isTrue();
    assertThat(governor.maySeePhysicalPlan(user("pm"))).isFalse();
    assertThat(governor.maySeePhysicalPlan(user())).isFalse();
  }

  @Test
  void anUnknownPrincipalReadsNoRowsEvenIfAScanGotThatFar() {
    assertThat(RelOptUtil.toString(governed(user("pm")))).doesNotContain("Filter");
    assertThat(RelOptUtil.toString(governed(user("intern"))))
        .startsWith("LogicalFilter(condition=[false])");
    assertThat(governed(user("intern")).getRowType()).isEqualTo(governed(user("pm")).getRowType());
    assertThat(governor.appliedTo(TABLE, user("intern"))).containsExactly("no role: no rows");
    assertThat(governor.appliedTo(TABLE, user("pm"))).isEmpty();
  }

  private RelNode governed(Principal principal) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    root.add("accounts", TABLE);
    QueryCompiler.Compilation sources = new QueryCompiler(TYPES).compilation(root, List.of());
    TableScan scan = (TableScan) sources.builder().scan("accounts").build();
    return governor.govern(
        new SourceScan(scan, TABLE, SourceScan.Use.SHOWN, List.of(), LocalDate.EPOCH, sources),
        principal);
  }

  private static Principal user(String... roles) {
    return new Principal("somebody", Set.of(roles), Map.of());
  }
}
