package io.plumbline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.SemanticModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model comes into force as a whole or not at all. */
@ExtendWith(TestWarehouse.Provider.class)
class ReloadTest {

  private static final String QUERY =
      "select aggregate(arr) from metrics.revenue where region = 'north'";

  private final TestWarehouse postgres;

  ReloadTest(TestWarehouse postgres) {
    this.postgres = postgres;
  }

  private static SemanticModel model(String find, String replacement) throws DefinitionException {
    String text = Bakery.definitions().text().replace(find, replacement);
    return DefinitionReader.withCanonical().read(List.of(new DefinitionFile("bakery.yaml", text)));
  }

  private static String version(Session session) {
    return TestEngine.rows(session, "explain select 1").get(0);
  }

  @Test
  void anotherModelIsInForceForTheNextStatement() throws Exception {
    try (Bakery bakery = new Bakery(postgres, new OpenGovernor());
        Session session = bakery.session()) {
      assertThat(TestEngine.rows(session, QUERY)).containsExactly("1800");
      String before = version(session);
      bakery.engine().reload(model("mrr: fee", "mrr: fee * 2"));
      assertThat(TestEngine.rows(session, QUERY)).containsExactly("3600");
      assertThat(version(session)).isNotEqualTo(before);
    }
  }

  @Test
  void aQueryPreparedBeforeFinishesOnTheOldModel() throws Exception {
    try (Bakery bakery = new Bakery(postgres, new OpenGovernor());
        Session session = bakery.session()) {
      PreparedQuery prepared = session.prepare(QUERY);
      bakery.engine().reload(model("mrr: fee", "mrr: fee * 2"));
      assertThat(TestEngine.rows(prepared, 0)).containsExactly("1800");
    }
  }

  @Test
  void aModelThatDoesNotFitTheWarehouseLeavesTheOldInForce() throws Exception {
    try (Bakery bakery = new Bakery(postgres, new OpenGovernor());
        Session session = bakery.session()) {
      String before = version(session);
      SemanticModel bad = model("mrr: fee", "mrr: fea");
      assertThatThrownBy(() -> bakery.engine().reload(bad)).isInstanceOf(DefinitionException.class);
      assertThat(TestEngine.rows(session, QUERY)).containsExactly("1800");
      assertThat(version(session)).isEqualTo(before);
    }
  }
}
