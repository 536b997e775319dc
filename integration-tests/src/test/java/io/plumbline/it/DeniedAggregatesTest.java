package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.definitions.DefinitionReader;
import io.plumbline.demo.DemoCompany;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.Rows;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.Session;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.MaskSecret;
import io.plumbline.masking.PolicyGovernor;
import io.plumbline.masking.PolicyReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prices that are masked for two roles. A metric is made of what there is, whoever asks; for those
 * of whom the tag says {@code aggregates: deny} there is no metric, view or classification that the
 * prices are in.
 */
@ExtendWith(Companies.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeniedAggregatesTest {

  private static final String POLICY =
      """
      roles: [open, masked, denied]
      tags:
        - {table: golden.subscription_intervals, column: unit_amount_cents, masking_policy: nullify, applies_to_roles: [%s], %s exempt_roles: [open]}
      self_service:
        - {role: open, allowed_schemas: [ALL]}
        - {role: masked, allowed_schemas: [ALL]}
        - {role: denied, allowed_schemas: [ALL]}
      """;

  private static final String MONTHLY_MRR =
      "select month, aggregate(mrr) from metrics.revenue where month >= date '2025-10-01' group by month order by 1";

  private final RunningCompany company;
  private Warehouse warehouse;
  private SemanticEngine masking;
  private SemanticEngine denying;

  DeniedAggregatesTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @BeforeAll
  void open() throws Exception {
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    var postgres = company.warehouse();
    warehouse =
        Warehouse.open(
            WarehouseSettings.of(
                postgres.jdbcUrl(), postgres.readerUser(), postgres.readerPassword()),
            compiler.types());
    masking = engine(compiler, POLICY.formatted("masked, denied", ""));
    denying = engine(compiler, POLICY.formatted("denied", "aggregates: deny,"));
  }

  private SemanticEngine engine(QueryCompiler compiler, String policy) throws Exception {
    DemoCompany golden = DemoCompany.named("golden");
    return new SemanticEngine(
        warehouse,
        List.of(),
        compiler,
        DefinitionReader.withCanonical().read(golden.definitions()),
        new PolicyGovernor(
            new PolicyReader().read("policy.yaml", policy), new MaskSecret("a secret of the test")),
        EngineDefaults.STANDARD.withAsOf(golden.asOf()),
        Clock.systemUTC());
  }

  @AfterAll
  void close() {
    warehouse.close();
  }

  @Test
  void aMaskChangesNoMetric() {
    String price =
        "select count(unit_amount_cents) from golden.subscription_intervals as i where i.plan_code is not null";
    assertThat(rows(masking, "masked", price)).isEqualTo(List.of("[0]"));
    assertThat(rows(masking, "open", price)).isNotEqualTo(List.of("[0]"));
    assertThat(rows(masking, "masked", MONTHLY_MRR))
        .hasSize(6)
        .isEqualTo(rows(masking, "open", MONTHLY_MRR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MONTHLY_MRR,
        "select aggregate(paying_customers) from metrics.revenue where month = date '2026-03-01'",
        "select month, account_id, arr from metrics.revenue limit 5",
        "select * from analytics.mrr_monthly",
        "select aggregate(arpa) over_all from metrics.company where month = date '2026-03-01'",
        "select count(*) from metrics.movements where month = date '2026-03-01'",
      })
  void whatIsDeniedIsNotThere(String sql) {
    assertThat(rows(denying, "open", sql)).isNotEmpty();
    QueryException refusal =
        catchThrowableOfType(QueryException.class, () -> rows(denying, "denied", sql));
    assertThat(refusal).as(sql).isNotNull();
    assertThat(refusal.state())
        .as(refusal.getMessage())
        .isIn(SqlState.UNDEFINED_COLUMN, SqlState.UNDEFINED_TABLE, SqlState.INSUFFICIENT_PRIVILEGE);
    String all =
        "select count(distinct metric_name) from catalog.metrics where metric_name in ('mrr', 'arr', 'arpa')";
    assertThat(rows(denying, "denied", all)).isEqualTo(List.of("[0]"));
    assertThat(rows(denying, "open", all)).isEqualTo(List.of("[3]"));
  }

  @Test
  void whatIsNotMadeOfItStays() {
    String nps = "select aggregate(nps) from metrics.nps where quarter = date '2026-01-01'";
    assertThat(rows(denying, "denied", nps)).isEqualTo(rows(denying, "open", nps)).isNotEmpty();
  }

  private static List<String> rows(SemanticEngine engine, String role, String sql) {
    List<String> all = new ArrayList<>();
    try (Session session = engine.open(new Principal(role, Set.of(role), Map.of()))) {
      var query = session.prepare(sql);
      try (Rows rows = query.execution().start(List.of(), 0)) {
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 0; i < query.columns().size(); i++) {
            row.add(String.valueOf(rows.objectAt(i)));
          }
          all.add(row.toString());
        }
      }
    }
    return all;
  }
}
