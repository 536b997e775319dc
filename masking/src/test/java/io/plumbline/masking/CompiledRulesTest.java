package io.plumbline.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Position;
import io.plumbline.engine.Principal;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

class CompiledRulesTest {

  private static final Expression RULE =
      new Expression("team = user_attribute('team')", new Position("policy.yaml", 1, 1));
  private static final LocalDate DAY = LocalDate.of(2026, 2, 28);

  private final RelDataTypeFactory types = new JavaTypeFactoryImpl(new PlumblineTypeSystem());
  private final RexBuilder rex = new RexBuilder(types);
  private final CompiledRules rules = new CompiledRules();

  @Test
  void aRuleIsCompiledOnceForAPrincipalADayAndTheColumnsOfATable() {
    RexNode first = rules.condition(key("emea", DAY, 2), () -> rex.makeLiteral(true));
    assertThat(rules.condition(key("emea", DAY, 2), noMore())).isSameAs(first);
  }

  @Test
  void anotherAttributeDayOrTableIsAnotherMeaning() {
    rules.condition(key("emea", DAY, 2), () -> rex.makeLiteral(true));
    RexNode other = rex.makeLiteral(false);
    assertThat(rules.condition(key("apac", DAY, 2), () -> other)).isSameAs(other);
    assertThat(rules.condition(key("emea", DAY.plusDays(1), 2), () -> other)).isSameAs(other);
    assertThat(rules.condition(key("emea", DAY, 3), () -> other)).isSameAs(other);
    assertThat(rules.value(key("emea", DAY, 2), () -> other)).isSameAs(other);
  }

  private CompiledRules.Key key(String team, LocalDate asOf, int columns) {
    RelDataTypeFactory.Builder row = types.builder();
    for (int i = 0; i < columns; i++) {
      row.add("c" + i, SqlTypeName.INTEGER);
    }
    RelDataType type = row.build();
    return new CompiledRules.Key(
        RULE, type, new Principal("ana", Set.of("analyst"), Map.of("team", team)), asOf);
  }

  private static Supplier<RexNode> noMore() {
    return () -> {
      throw new AssertionError("compiled again");
    };
  }
}
