package io.plumbline.engine.sql;

import io.plumbline.engine.sql.grammar.PlumblineGrammarConstants;
import io.plumbline.engine.sql.grammar.Token;
import java.util.List;

/**
 * Refuses CASE inside CASE and runs of signs that no person writes: the grammar's look-ahead would
 * read each level again for every level above it. Parentheses are counted by {@link TokenRewriter}.
 */
final class NestingLimit {

  private static final int MOST = 100;

  private NestingLimit() {}

  static void check(List<Token> tokens) {
    int cases = 0;
    int signs = 0;
    for (Token token : tokens) {
      signs = isSign(token.kind) ? signs + 1 : 0;
      if (token.kind == PlumblineGrammarConstants.CASE) {
        cases++;
      } else if (token.kind == PlumblineGrammarConstants.END) {
        cases--;
      }
      if (cases > MOST || signs > MOST) {
        throw ParseProblems.tooDeep();
      }
    }
  }

  private static boolean isSign(int kind) {
    return kind == PlumblineGrammarConstants.MINUS
        || kind == PlumblineGrammarConstants.PLUS
        || kind == PlumblineGrammarConstants.NOT;
  }
}
