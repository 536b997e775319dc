package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;

/** Says in our words what the validator found, with the nearest name that the author may see. */
final class QueryProblems {

  /** What a message of the validator means to the author of the query. */
  private record Wording(Pattern pattern, SqlState state, Function<MatchResult, String> message) {}

  private record Problem(SqlState state, String message) {}

  private final NearNames names;

  QueryProblems(PlumblineValidator validator, SqlNode query) {
    this.names = new NearNames(validator, query);
  }

  <T> T explained(Supplier<T> work) {
    try {
      return work.get();
    } catch (QueryException e) {
      throw e;
    } catch (CalciteContextException e) {
      throw located(e);
    } catch (CalciteException e) {
      throw exception(Optional.empty(), String.valueOf(e.getMessage()), e);
    } catch (StackOverflowError e) {
      throw ParseProblems.tooDeep();
    } catch (RuntimeException | AssertionError e) {
      throw unexpected(e);
    }
  }

  /** The converter wraps what it meets; the validator's words are somewhere inside. */
  private QueryException unexpected(Throwable e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof QueryException query) {
        return query;
      }
      if (cause instanceof CalciteContextException context) {
        return located(context);
      }
    }
    return new QueryException(
        SqlState.FEATURE_NOT_SUPPORTED,
        Optional.empty(),
        "a part of this query is not supported; write it in another way",
        e);
  }

  private QueryException located(CalciteContextException e) {
    Place place = new Place(e.getPosLine(), e.getPosColumn());
    names.at(place);
    Throwable cause = e.getCause();
    return exception(
        place.line() > 0 ? Optional.of(place) : Optional.empty(),
        String.valueOf(cause == null ? e.getMessage() : cause.getMessage()),
        e);
  }

  private QueryException exception(Optional<Place> place, String found, Throwable cause) {
    Problem problem =
        wordings().stream()
            .flatMap(wording -> said(wording, found).stream())
            .findFirst()
            .orElseGet(() -> new Problem(SqlState.DATATYPE_MISMATCH, plain(found)));
    return new QueryException(problem.state, place, problem.message, cause);
  }

  private static Optional<Problem> said(Wording wording, String found) {
    Matcher matcher = wording.pattern.matcher(found);
    return matcher.find()
        ? Optional.of(new Problem(wording.state, wording.message.apply(matcher)))
        : Optional.empty();
  }

  /** Made when something went wrong: to compile the patterns takes longer than a small query. */
  private List<Wording> wordings() {
    return List.of(
        when("^Column '(.*)' is ambiguous", SqlState.AMBIGUOUS_COLUMN, this::ambiguous),
        when("^Column '(.*?)' not found in", SqlState.UNDEFINED_COLUMN, m -> column(m.group(1))),
        when("^Unknown identifier '(.*)'", SqlState.UNDEFINED_COLUMN, m -> column(m.group(1))),
        when("^Unknown field '(.*)'", SqlState.UNDEFINED_COLUMN, m -> column(m.group(1))),
        when(
            "^(?:Object|Table) '(.*?)' not found",
            SqlState.UNDEFINED_TABLE,
            m -> table(m.group(1))),
        when(
            "^No match found for function signature (.*?)\\((.*)\\)$",
            SqlState.UNDEFINED_FUNCTION,
            m -> function(m.group(1), m.group(2))),
        when(
            "^Invalid number of arguments to function '(.*?)'. Was expecting (\\d+)",
            SqlState.UNDEFINED_FUNCTION,
            m -> m.group(1).toLowerCase(Locale.ROOT) + " takes " + m.group(2) + " argument(s)"),
        when(
            "^Expression '(.*)' is not being grouped",
            SqlState.GROUPING_ERROR,
            m ->
                "'"
                    + shortened(m.group(1))
                    + "' must be in GROUP BY or inside an aggregate function"),
        when(
            "^Aggregate expression is illegal in (.*) clause",
            SqlState.GROUPING_ERROR,
            m -> "an aggregate function can't stand in " + m.group(1) + hintOf(m.group(1))),
        when(
            "^Windowed aggregate expression is illegal in (.*) clause",
            SqlState.GROUPING_ERROR,
            m -> "a window function can't stand in " + m.group(1) + "; use it in a subquery"),
        when(
            "^Aggregate expressions cannot be nested",
            SqlState.GROUPING_ERROR,
            m -> "an aggregate function can't stand inside another; aggregate a subquery instead"),
        when(
            "^OVER clause is necessary",
            SqlState.GROUPING_ERROR,
            m -> "a window function needs OVER (...)"),
        when(
            "^(\\w+) clause must be a condition",
            SqlState.DATATYPE_MISMATCH,
            m -> m.group(1) + " needs a condition"),
        when(
            "^Cannot apply '\\$SCALAR_QUERY'",
            SqlState.SYNTAX_ERROR,
            m -> "a subquery used as a value must have one column"),
        when(
            "^Cannot apply '(.*?)' to arguments of type '(.*?)'",
            SqlState.DATATYPE_MISMATCH,
            m ->
                "'" + m.group(1) + "' can't be applied to " + types(m.group(2)) + year(m.group(2))),
        when(
            "^Column count mismatch in (.*)",
            SqlState.SYNTAX_ERROR,
            m -> "the queries of " + m.group(1) + " have different numbers of columns"),
        when(
            "^Type mismatch in column (\\d+) of (.*)",
            SqlState.DATATYPE_MISMATCH,
            m -> "column " + m.group(1) + " of " + m.group(2) + " has different types; cast one"),
        when(
            "^Duplicate relation name '(.*)' in FROM",
            SqlState.AMBIGUOUS_COLUMN,
            m -> "the name '" + m.group(1) + "' stands twice in FROM; give one of them an alias"),
        when(
            "^Cast function cannot convert value of type (.*) to type (.*)",
            SqlState.DATATYPE_MISMATCH,
            m -> type(m.group(1)) + " can't be cast to " + type(m.group(2))),
        when(
            "^Illegal (DATE|TIMESTAMP|TIME).* literal '(\\d{4}-\\d\\d-\\d\\d.*|\\d\\d:\\d\\d.*)': not",
            SqlState.DATETIME_OUT_OF_RANGE,
            m -> "there is no " + m.group(1).toLowerCase(Locale.ROOT) + " '" + m.group(2) + "'"),
        when(
            "^Illegal (DATE|TIMESTAMP|TIME).* literal '(.*)': not",
            SqlState.INVALID_DATETIME,
            m -> moment(m.group(1), m.group(2))),
        when(
            "^Illegal interval literal format '(.*)' for INTERVAL (.*)",
            SqlState.INVALID_DATETIME,
            m ->
                "'"
                    + m.group(1)
                    + "' is not an interval of "
                    + m.group(2).toLowerCase(Locale.ROOT)
                    + "; write for example interval '3' day or interval '1 month'"),
        when(
            "^Illegal use of dynamic parameter",
            SqlState.DATATYPE_MISMATCH,
            m -> "the type of this ? is not known; write cast(? as a type)"),
        when(
            "^Cannot call table function here: '(.*)'",
            SqlState.FEATURE_NOT_SUPPORTED,
            m -> m.group(1).toLowerCase(Locale.ROOT) + " returns rows; call it in FROM"));
  }

  private static Wording when(
      String pattern, SqlState state, Function<MatchResult, String> message) {
    return new Wording(Pattern.compile(pattern, Pattern.DOTALL), state, message);
  }

  private static String moment(String type, String text) {
    String example =
        switch (type) {
          case "DATE" -> "date '2025-11-30'";
          case "TIME" -> "time '18:30:00'";
          default -> "timestamp '2025-11-30 18:30:00'";
        };
    return "'"
        + text
        + "' is not a "
        + type.toLowerCase(Locale.ROOT)
        + "; write for example "
        + example;
  }

  private String ambiguous(MatchResult match) {
    return "column '" + match.group(1) + "' is in several tables; put the table's name before it";
  }

  private String column(String name) {
    return "column '"
        + name
        + "' not found"
        + names.tables().map(tables -> " in " + tables).orElse("")
        + names
            .column(name)
            .map(QueryProblems::question)
            .or(() -> names.tableWith(name).map(table -> "; '" + table + "' has one"))
            .orElseGet(() -> looksLikeText(name) ? "; a text stands in single quotes" : "");
  }

  /** Columns are rarely called Enterprise or Mid-Market; values are. */
  private static boolean looksLikeText(String name) {
    return !name.matches("[a-z0-9_.]*|[A-Z0-9_.]*");
  }

  private String table(String name) {
    String full = names.written().orElse(name);
    return "table '"
        + full
        + "' not found"
        + (isOfPostgres(full)
            ? "; catalog.tables and catalog.columns, or SHOW TABLES and DESCRIBE table, tell what"
                + " there is"
            : names.table(full).map(QueryProblems::question).orElse(""));
  }

  /** The catalogs of PostgreSQL itself, which tools look into. */
  private static boolean isOfPostgres(String table) {
    String lower = table.toLowerCase(Locale.ROOT);
    return lower.startsWith("information_schema.") || lower.startsWith("pg_");
  }

  private String function(String name, String types) {
    String lower = name.toLowerCase(Locale.ROOT);
    return names.isFunction(name)
        ? lower + " can't be applied to (" + types(types) + ")"
        : "function '"
            + lower
            + "' not found"
            + OtherDialects.insteadOf(lower)
                .map(instead -> "; write " + instead)
                .or(() -> names.function(lower).map(QueryProblems::question))
                .orElse("");
  }

  private static String question(String near) {
    return "; did you mean '" + near + "'?";
  }

  private static String hintOf(String clause) {
    return clause.equals("WHERE") ? "; use HAVING" : "";
  }

  /** People write {@code year = 2025} of the first day of a year. */
  private static String year(String types) {
    return types.matches("<DATE[^>]*> [=<>]+ <INTEGER[^>]*>")
        ? "; write a day like date '2025-01-01', or compare extract(year from ...)"
        : "";
  }

  private static String types(String found) {
    Matcher type = Pattern.compile("<([^<>]*)>").matcher(found);
    return type.replaceAll(m -> Matcher.quoteReplacement(type(m.group(1))));
  }

  private static String type(String name) {
    String bare = name.toUpperCase(Locale.ROOT).replaceAll("\\(.*| NOT NULL", "");
    return switch (bare) {
      case "VARCHAR", "CHAR", "CHARACTER" -> "text";
      case "DECIMAL" -> "numeric";
      case "DOUBLE", "FLOAT" -> "double precision";
      case "TIMESTAMP_WITH_LOCAL_TIME_ZONE" -> "timestamptz";
      default -> bare.startsWith("INTERVAL") ? "interval" : bare.toLowerCase(Locale.ROOT);
    };
  }

  /** Without types in angle brackets and quotes of the library's own, in one sentence. */
  private static String plain(String found) {
    String text = types(found.split("\n", 2)[0]).replace('`', '"');
    return text.isEmpty()
        ? "the query is not valid"
        : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static String shortened(String expression) {
    String text = expression.replace("`", "").replace('\n', ' ');
    return text.length() > 80 ? text.substring(0, 80) + " ..." : text;
  }
}
