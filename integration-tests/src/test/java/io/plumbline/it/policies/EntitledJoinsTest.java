package io.plumbline.it.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.Principal;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.Session;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.MaskSecret;
import io.plumbline.masking.PolicyGovernor;
import io.plumbline.masking.PolicyReader;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Joins of a table to the one in which it looks up its entitlement, by keys and columns of types
 * that only PostgreSQL knows: a manager gets what everyone gets of the rows of the own team.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntitledJoinsTest {

  private static final List<String> TABLES =
      List.of(
          "create schema app",
          "create type app.size as enum ('small', 'large', 'huge')",
          "create table app.accounts (id uuid primary key, team text not null, size app.size not null, label char(6) not null)",
          "create table app.terms (account uuid, n int)",
          "create table app.notes (account uuid, note text)",
          "insert into app.accounts select ('00000000-0000-0000-0000-00000000000' || i)::uuid,"
              + " (array['north', 'south'])[1 + i % 2],"
              + " (array['small', 'large', 'huge'])[1 + i % 3]::app.size, 'x' || i from generate_series(1, 6) as i",
          "insert into app.terms select ('00000000-0000-0000-0000-00000000000' || 1 + i % 7)::uuid, i"
              + " from generate_series(1, 20) as i",
          "insert into app.terms values (null, 99)",
          "insert into app.notes select id, 'note ' || label from app.accounts");

  private static final String POLICY =
      """
      roles: [open, manager]
      entities:
        - {entity: account, key: id, tables: {app.accounts: id, app.terms: account}, shared: [app.notes]}
      row_filters:
        - {entity: account, name: own team, applies_to_roles: [manager],
           filter: "id in (select a.id from app.accounts as a where a.team = user_attribute('team'))"}
      self_service:
        - {role: open, allowed_schemas: [ALL]}
        - {role: manager, allowed_schemas: [ALL]}
      physical_plan: [manager]
      """;

  private EmbeddedWarehouse postgres;
  private Warehouse warehouse;
  private SemanticEngine engine;

  @BeforeAll
  void open() throws Exception {
    postgres = EmbeddedWarehouse.start(Optional.empty());
    PoliciesRun.execute(postgres, TABLES);
    postgres.publish(List.of("app"));
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    warehouse =
        Warehouse.open(
            WarehouseSettings.of(
                postgres.jdbcUrl(), postgres.readerUser(), postgres.readerPassword()),
            compiler.types());
    engine =
        new SemanticEngine(
            warehouse,
            List.of(),
            compiler,
            DefinitionReader.withoutCanonical()
                .read(List.of(new DefinitionFile("none.yaml", "version: 1\n"))),
            new PolicyGovernor(
                new PolicyReader().read("policy.yaml", POLICY),
                new MaskSecret("a secret of the test")),
            EngineDefaults.STANDARD,
            Clock.systemUTC());
  }

  @AfterAll
  void close() {
    warehouse.close();
    postgres.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select t.n, a.size, a.label from {t} as t left join {a} as a on t.account = a.id where a.size > 'large'",
        "select t.n, o.note from {t} as t left join {a} as a on t.account = a.id join app.notes as o on o.account = a.id",
        "select max(a.size), count(*) from {t} as t left join {a} as a on a.id = t.account",
        "select t.n from {t} as t left join {a} as a on t.account = a.id where a.label = 'x2'",
        "select t.n, a.c from {t} as t join (select id, count(*) over () as c from {a}) as a on t.account = a.id",
        "select t.n, u.n from {t} as t join {a} as a on t.account = a.id left join {t} as u on u.account = a.id and u.n > 15",
        "select t.n from {t} as t join (select * from {a} where team = 'north' offset 3000000000) as a on t.account = a.id",
        "select t.n from {t} as t right join {a} as a on t.account = a.id",
      })
  void aManagerGetsWhatThereIsOfTheOwnTeam(String sql) {
    String team = "(select * from app.accounts where team = 'north')";
    String terms = "(select * from app.terms where account in (select id from " + team + " as x))";
    String wanted = answer("open", sql.replace("{t}", terms).replace("{a}", team));
    assertThat(answer("manager", sql.replace("{t}", "app.terms").replace("{a}", "app.accounts")))
        .isEqualTo(wanted)
        .startsWith("[");
  }

  @Test
  void theKeyIsLookedUpOnce() {
    assertThat(
            answer(
                "manager",
                "explain select t.n, a.size from app.terms as t left join app.accounts as a on t.account = a.id"))
        .contains("OFFSET 0 ROWS")
        .doesNotContain("\" IN (");
  }

  private String answer(String role, String sql) {
    try (Session session =
        engine.open(new Principal(role, Set.of(role), Map.of("team", "north")))) {
      return PoliciesRun.answer(session, sql);
    }
  }
}
