package io.plumbline.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatementTextTest {

  private static void isShown(String sql, String shown) {
    assertThat(StatementText.withoutLiterals(sql)).isEqualTo(shown);
  }

  @Test
  void literalsOfEveryKindGo() {
    isShown(
        "select 1, 2.5e3, .5, 1_000, 'a', 'it''s', e'a\\'b', $$x$$, $q$y $$ z$q$",
        "select ?, ?, ?, ?, ?, ?, ?, ?, ?");
  }

  @Test
  void namesStay() {
    isShown(
        "select t1.\"Email 2\", a1 from app.users2 as t1",
        "select t1.\"Email 2\", a1 from app.users2 as t1");
  }

  @Test
  void commentsGo() {
    isShown("select a -- ana@x.example\n, b /* ana's */ from t", "select a  \n, b   from t");
  }

  @Test
  void whatHasNoEndIsALiteralToTheEnd() {
    isShown("select 'ana@x.example", "select ?");
    isShown("select $$ana@x.example", "select ?");
    isShown("select /* ana@x.example", "select  ");
  }

  @Test
  void longTextsDoNotExhaustTheStack() {
    isShown("select '" + "x".repeat(500_000) + "'", "select ?");
    isShown("select '" + "a''".repeat(200_000) + "'", "select ?");
    isShown("select e'" + "a\\'".repeat(200_000) + "'", "select ?");
    isShown("select /*" + "a * ".repeat(200_000) + "*/ 1", "select   ?");
  }
}
