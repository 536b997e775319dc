package io.plumbline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No scan of a source table goes past the governor. */
@ExtendWith(TestWarehouse.Provider.class)
class GovernedEngineTest {

  private static final Principal NORTHERNER =
      new Principal("nora", Set.of("cs_manager"), Map.of("town", "north"));
  private static final Principal SOUTHERNER =
      new Principal("sue", Set.of("cs_manager"), Map.of("town", "south"));

  private final TestWarehouse postgres;

  GovernedEngineTest(TestWarehouse postgres) {
    this.postgres = postgres;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "select count(*) from bakery.shop; shop",
        "select 1 where exists (select 1 from bakery.shop); shop",
        "select shop_id from bakery.shop where shop_id in (select shop from bakery.visit"
            + " where pages > (select avg(pages) from bakery.visit)); shop visit visit",
        "select (select max(pages) from bakery.visit where shop = s.shop_id) from bakery.shop s;"
            + " shop visit",
        "with t as (select * from bakery.shop) select count(*) from t union all"
            + " select count(*) from bakery.visit; shop visit",
        "select max(pages) filter (where shop in (select shop_id from bakery.shop)) from"
            + " bakery.visit; shop visit",
        "select count(*) from bakery.shop s left join bakery.visit v on v.shop = s.shop_id and"
            + " v.pages > all (select 1 from bakery.rate); rate shop visit",
        "with recursive t(n) as (select 1 union all select n + 1 from t where n < (select max(pages)"
            + " from bakery.visit)) select count(*) from t join bakery.shop on n > 0; shop visit",
        "select aggregate(visits_made) from metrics.company where month = date '2025-03-01'; shop"
            + " visit",
        "select aggregate(visits_made) from metrics.company; shop shop visit visit"
      })
  void everyScanIsGovernedWhereverItStands(String sql, String tables) {
    RecordingGovernor governor = new RecordingGovernor();
    try (Bakery bakery = new Bakery(postgres, governor)) {
      governor.governed();
      bakery.rows(sql);
      assertThat(governor.governed())
          .isEqualTo(List.of(tables.split(" ")).stream().map(t -> "bakery." + t).toList());
    }
  }

  @Test
  void aKeyThatSomebodySeesMaskedIsNoKeyOfAJoin() {
    OpenGovernor masking =
        new OpenGovernor() {
          @Override
          public boolean masksSomebody(String schema, String table, String column) {
            return column.equals("shop_id");
          }
        };
    try (Bakery bakery = new Bakery(postgres, masking)) {
      assertThat(
              bakery.refusal(
                  "select aggregate(r.mrr) from metrics.revenue r"
                      + " join bakery.shop s on s.shop_id = r.account_id"))
          .hasMessageContaining("not known to be unique on the join key");
    }
  }

  @Test
  void scansBehindMetricsViewsAndTheirFirstDayAreGoverned() {
    try (Bakery bakery = new Bakery(postgres, new RecordingGovernor());
        Session north = bakery.engine().open(NORTHERNER);
        Session south = bakery.engine().open(SOUTHERNER)) {
      String view = "select month, mrr from analytics.mrr_monthly order by month";
      assertThat(TestEngine.rows(north, view))
          .containsExactly("2025-01-01|100", "2025-02-01|120", "2025-03-01|150", "2025-04-01|150");
      assertThat(TestEngine.rows(south, view))
          .containsExactly("2025-01-01|44", "2025-02-01|54", "2025-03-01|58", "2025-04-01|58");
    }
  }

  @Test
  void principalsWithDifferentRightsNeverShareAPlan() {
    try (Bakery bakery = new Bakery(postgres, new RecordingGovernor());
        Session north = bakery.engine().open(NORTHERNER);
        Session south = bakery.engine().open(SOUTHERNER);
        Session all = bakery.session()) {
      String sql =
          "select shop_id from bakery.shop where not internal and town is not null order by 1";
      assertThat(TestEngine.rows(north, sql)).containsExactly("S1");
      assertThat(TestEngine.rows(south, sql)).containsExactly("S2");
      assertThat(TestEngine.rows(all, sql)).containsExactly("S1", "S2", "S5", "S6");
      assertThat(TestEngine.rows(north, sql)).containsExactly("S1");
    }
  }

  @Test
  void aChangeOfPoliciesIsInForceForTheNextStatement() {
    RecordingGovernor governor = new RecordingGovernor();
    try (Bakery bakery = new Bakery(postgres, governor);
        Session session = bakery.session()) {
      String sql = "select count(*) from bakery.shop";
      TestEngine.rows(session, sql);
      governor.governed();
      TestEngine.rows(session, sql);
      assertThat(governor.governed()).isEmpty();
      governor.changeTo("2");
      TestEngine.rows(session, sql);
      assertThat(governor.governed()).containsExactly("bakery.shop");
    }
  }

  @Test
  void explainNamesThePoliciesAndHidesTheWarehousesSql() {
    try (Bakery bakery = new Bakery(postgres, new RecordingGovernor());
        Session north = bakery.engine().open(NORTHERNER);
        Session all = bakery.session()) {
      String sql = "explain plan for select count(*) from bakery.shop where town = 'x'";
      assertThat(TestEngine.rows(north, sql))
          .contains("policies applied", "  own town")
          .noneMatch(line -> line.contains("SELECT") || line.contains("statement"));
      assertThat(TestEngine.rows(all, sql))
          .contains("policies applied", "  none", "statement of the warehouse")
          .anyMatch(line -> line.contains("SELECT COUNT(*)"));
    }
  }

  // ---- what a governor must not do ----

  @Test
  void aGovernorThatChangesTheRowTypeIsRefused() {
    Governor narrowing =
        new RecordingGovernor() {
          @Override
          public RelNode govern(SourceScan scan, Principal principal) {
            RelBuilder builder = scan.sources().builder().push(scan.scan());
            return scan.table().name().equals("visit")
                ? builder.project(builder.field(0)).build()
                : scan.scan();
          }
        };
    try (Bakery bakery = new Bakery(postgres, narrowing)) {
      assertThat(bakery.refusal("select pages from bakery.visit").getMessage())
          .matches("XX000: internal error [0-9a-f]{8}; the server's log tells more");
      assertThat(bakery.rows("select count(*) from bakery.rate")).containsExactly("3");
    }
  }

  @Test
  void whatAGovernorSaysOfItsTroubleStaysInTheLog() {
    Governor failing =
        new RecordingGovernor() {
          @Override
          public RelNode govern(SourceScan scan, Principal principal) {
            if (scan.table().name().equals("visit")) {
              throw new IllegalStateException("the secret column is broken");
            }
            return scan.scan();
          }
        };
    try (Bakery bakery = new Bakery(postgres, failing)) {
      assertThat(bakery.refusal("select pages from bakery.visit"))
          .hasNoCause()
          .hasMessageNotContaining("secret")
          .hasMessageStartingWith("XX000: internal error ");
    }
  }

  // ---- hidden names ----

  @ParameterizedTest
  @CsvSource({
    "select count(*) from golden.accounts, golden, goldxn",
    "select count(*) from bakery.visit, visit, vizit",
    "select count(*) from visit, visit, vizit",
    "select internal from bakery.shop, internal, interxal",
    "select shop_id from bakery.shop s where s.internal, internal, interxal",
    "select account_id from metrics.revenue where account_id in (select shop from bakery.visit),"
        + " visit, vizit"
  })
  void aHiddenNameAndAMissingOneGiveTheSameError(String sql, String hidden, String missing) {
    Governor hiding = new RecordingGovernor("golden", "bakery.visit", "bakery.shop.internal");
    try (Bakery bakery = new Bakery(postgres, hiding)) {
      String error = bakery.refusal(sql).getMessage();
      assertThat(error)
          .isEqualTo(
              bakery.refusal(sql.replace(hidden, missing)).getMessage().replace(missing, hidden))
          .doesNotContain("did you mean '" + hidden);
    }
  }

  @Test
  void whatIsHiddenIsNotInMetadataAndStillFeedsMetrics() {
    Governor hiding = new RecordingGovernor("golden", "bakery.visit", "bakery.shop.internal");
    try (Bakery bakery = new Bakery(postgres, hiding);
        Session session = bakery.session()) {
      assertThat(session.tables()).noneMatch(t -> t.schema().equals("golden"));
      assertThat(session.tables())
          .filteredOn(t -> t.schema().equals("bakery"))
          .extracting(Session.TableInfo::name)
          .containsExactly("contract", "rate", "shop");
      assertThat(TestEngine.rows(session, "select * from bakery.shop where shop_id = 'S1'"))
          .containsExactly("S1|Crumb|2025-01-01T00:00|north");
      assertThat(bakery.rows("select aggregate(visits_made) from metrics.company"))
          .containsExactly("5");
    }
  }
}
