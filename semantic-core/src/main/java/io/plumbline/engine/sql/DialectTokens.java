package io.plumbline.engine.sql;

import io.plumbline.engine.sql.grammar.PlumblineGrammarTokenManager;
import io.plumbline.engine.sql.grammar.SimpleCharStream;
import io.plumbline.engine.sql.grammar.Token;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a statement as the grammar wants them. All are read at once, so that a spelling of
 * PostgreSQL can be turned into one that the grammar has by looking at its neighbours; every word
 * keeps its place in the text.
 */
final class DialectTokens extends PlumblineGrammarTokenManager {

  /** Double quotes around identifiers. */
  private static final int LEXICAL_STATE = List.of(lexStateNames).indexOf("DQID");

  private static final int SMALLEST_BUFFER = 64;
  private static final int LARGEST_BUFFER = 4096;

  private final List<Token> tokens;
  private int position;

  DialectTokens(String sql) {
    this(new DollarQuotes(sql));
  }

  private DialectTokens(DollarQuotes quotes) {
    super(stream(quotes.text()), LEXICAL_STATE);
    this.tokens = new TokenRewriter(read(quotes)).rewritten();
  }

  /** Its buffers, ten bytes for a character, would be most of what a short query needs. */
  private static SimpleCharStream stream(String sql) {
    int buffer = Math.max(SMALLEST_BUFFER, Math.min(sql.length() + 1, LARGEST_BUFFER));
    return new SimpleCharStream(new Text(sql), 1, 1, buffer);
  }

  /** Its end is an exception to the stream; one without a stack costs nothing. */
  private static final class Text extends StringReader {

    private static final IOException END =
        new IOException() {
          private static final long serialVersionUID = 1;

          @Override
          public synchronized Throwable fillInStackTrace() {
            return this;
          }
        };

    Text(String text) {
      super(text);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      if (read < 0) {
        throw END;
      }
      return read;
    }
  }

  private List<Token> read(DollarQuotes quotes) {
    List<Token> all = new ArrayList<>();
    Token token;
    do {
      token = super.getNextToken();
      all.add(quotes.restored(token));
    } while (token.kind != EOF);
    return all;
  }

  /** All words, the last of which is the end of the text. */
  List<Token> all() {
    return tokens;
  }

  @Override
  public Token getNextToken() {
    return tokens.get(Math.min(position++, tokens.size() - 1));
  }

  /** The lexical state was fixed when the text was read. */
  @Override
  public void SwitchTo(int state) {
    if (tokens == null) {
      super.SwitchTo(state);
    }
  }
}
