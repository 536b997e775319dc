package io.plumbline.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Position;
import io.plumbline.engine.Principal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParsedRulesTest {

  private static final Expression RULE =
      new Expression(
          "upper(owner) <> current_user and team in"
              + " (select t.team from hr.teams as t where t.lead = user_attribute('email'))",
          new Position("policy.yaml", 1, 1));

  private final ParsedRules rules = new ParsedRules();

  @Test
  void eachPrincipalsAttributesStandInItsOwnTree() {
    String ana = readBy("ana").toString();
    String bob = readBy("bob").toString();
    assertThat(ana).contains("'ana'", "'ana@company.example'").doesNotContain("bob");
    assertThat(bob).contains("'bob'", "'bob@company.example'").doesNotContain("ana");
    assertThat(readBy("ana").toString()).isEqualTo(ana);
  }

  @Test
  void noTreeSharesWithAnotherWhatValidationMayChange() {
    List<SqlNode> first = changeable(readBy("ana"));
    List<SqlNode> second = changeable(readBy("ana"));
    assertThat(first).hasSameSizeAs(second).hasSizeGreaterThan(10);
    for (SqlNode node : first) {
      assertThat(second).noneMatch(other -> other == node);
    }
  }

  @Test
  void theDayOfARuleIsGivenAndItReadsNoClock() {
    Principal ana = new Principal("ana", Set.of(), Map.of());
    FilterFunctions functions = new FilterFunctions(ana, LocalDate.of(2026, 2, 28));
    SqlNode day = rules.of(rule("since <= current_date and until > as_of()")).accept(functions);
    assertThat(String.valueOf(day)).contains("DATE '2026-02-28'").doesNotContain("CURRENT_DATE");
    for (String clock : List.of("since <= now()", "since <= current_timestamp")) {
      SqlNode tree = rules.of(rule(clock));
      assertThatThrownBy(() -> tree.accept(functions)).hasMessageContaining("reads no clock");
    }
  }

  private static Expression rule(String text) {
    return new Expression(text, new Position("policy.yaml", 1, 1));
  }

  private SqlNode readBy(String name) {
    Principal principal =
        new Principal(name, Set.of("manager"), Map.of("email", name + "@company.example"));
    SqlNode tree = rules.of(RULE).accept(new FilterFunctions(principal, LocalDate.EPOCH));
    assertThat(tree).isNotNull();
    return tree;
  }

  private static List<SqlNode> changeable(SqlNode tree) {
    List<SqlNode> nodes = new ArrayList<>();
    tree.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            nodes.add(call);
            return super.visit(call);
          }

          @Override
          public @Nullable Void visit(SqlIdentifier identifier) {
            nodes.add(identifier);
            return null;
          }
        });
    return nodes;
  }
}
