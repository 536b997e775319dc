package io.plumbline.engine.sql;

import static io.plumbline.engine.sql.PostgresReturnTypes.ARGUMENT;
import static io.plumbline.engine.sql.PostgresReturnTypes.BIGINT;
import static io.plumbline.engine.sql.PostgresReturnTypes.BOOLEAN;
import static io.plumbline.engine.sql.PostgresReturnTypes.COMMON;
import static io.plumbline.engine.sql.PostgresReturnTypes.DOUBLE;
import static io.plumbline.engine.sql.PostgresReturnTypes.INSTANT;
import static io.plumbline.engine.sql.PostgresReturnTypes.INTEGER;
import static io.plumbline.engine.sql.PostgresReturnTypes.INTERVAL;
import static io.plumbline.engine.sql.PostgresReturnTypes.NUMERIC;
import static io.plumbline.engine.sql.PostgresReturnTypes.NUMERIC_OR_DOUBLE;
import static io.plumbline.engine.sql.PostgresReturnTypes.TEXT;
import static io.plumbline.engine.sql.PostgresReturnTypes.TIMESTAMP;
import static io.plumbline.engine.sql.PostgresReturnTypes.TRUNCATED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/**
 * PostgreSQL's functions of one row, by name, number of arguments and result. A function that isn't
 * listed here or in the SQL standard can't be called: nothing that reads files, changes settings or
 * sleeps gets past the validator.
 */
public final class PostgresFunctions {

  private static final int MANY = 100;

  /** {@code DATE_TRUNC(unit, moment)}. */
  public static final SqlFunction DATE_TRUNC = function("DATE_TRUNC", TRUNCATED, 2, 2);

  /** {@code WIDTH_BUCKET(operand, thresholds)} or {@code (operand, low, high, count)}. */
  public static final SqlFunction WIDTH_BUCKET = function("WIDTH_BUCKET", INTEGER, 2, 4);

  /** {@code AGE(to, from)}. */
  public static final SqlFunction AGE = function("AGE", INTERVAL, 1, 2);

  /** {@code TRUNC(number)} or {@code (number, digits)}. */
  public static final SqlFunction TRUNC = function("TRUNC", ARGUMENT, 1, 2);

  private PostgresFunctions() {}

  static List<SqlOperator> all() {
    List<SqlOperator> all = new ArrayList<>();
    all.add(DATE_TRUNC);
    all.add(WIDTH_BUCKET);
    all.add(AGE);
    all.add(TRUNC);
    texts(all);
    numbers(all);
    moments(all);
    documents(all);
    return all;
  }

  private static void texts(List<SqlOperator> all) {
    add(all, INTEGER, 1, 1, "LENGTH", "ASCII", "BIT_LENGTH");
    add(all, INTEGER, 2, 2, "STRPOS");
    add(all, INTEGER, 2, 4, "REGEXP_COUNT", "REGEXP_INSTR");
    add(all, TEXT, 1, 1, "CHR", "INITCAP", "MD5", "REVERSE", "TO_HEX", "QUOTE_LITERAL");
    add(all, TEXT, 1, 2, "LTRIM", "RTRIM", "BTRIM");
    add(all, TEXT, 2, 2, "LEFT", "RIGHT", "REPEAT", "TO_CHAR", "ENCODE");
    add(all, TEXT, 2, 3, "SUBSTR", "LPAD", "RPAD");
    add(all, TEXT, 3, 3, "SPLIT_PART", "REPLACE", "TRANSLATE");
    add(all, TEXT, 2, 6, "REGEXP_SUBSTR");
    add(all, TEXT, 3, 4, "REGEXP_REPLACE");
    add(all, TEXT, 1, MANY, "CONCAT");
    add(all, TEXT, 2, MANY, "CONCAT_WS", "FORMAT");
    add(all, BOOLEAN, 2, 2, "STARTS_WITH");
    add(all, BOOLEAN, 2, 3, "REGEXP_LIKE");
  }

  private static void numbers(List<SqlOperator> all) {
    add(all, ARGUMENT, 1, 2, "ROUND");
    add(all, ARGUMENT, 1, 1, "SIGN");
    add(all, NUMERIC_OR_DOUBLE, 1, 1, "SQRT", "LN", "EXP");
    add(all, NUMERIC_OR_DOUBLE, 1, 2, "LOG");
    add(all, NUMERIC_OR_DOUBLE, 1, 1, "LOG10");
    add(all, NUMERIC_OR_DOUBLE, 2, 2, "POWER", "POW");
    add(all, NUMERIC, 2, 2, "DIV");
    add(all, DOUBLE, 0, 0, "RANDOM", "PI");
    add(all, DOUBLE, 1, 1, "CBRT", "DEGREES", "RADIANS", "SIN", "COS", "TAN", "COT");
    add(all, DOUBLE, 1, 1, "ASIN", "ACOS", "ATAN", "SINH", "COSH", "TANH");
    add(all, DOUBLE, 2, 2, "ATAN2");
    add(all, COMMON, 1, MANY, "GREATEST", "LEAST");
  }

  private static void moments(List<SqlOperator> all) {
    add(all, INSTANT, 0, 0, "NOW");
    add(all, INSTANT, 1, 2, "TO_TIMESTAMP");
    add(all, DOUBLE, 2, 2, "DATE_PART");
    add(all, INTERVAL, 1, 1, "JUSTIFY_DAYS", "JUSTIFY_HOURS", "JUSTIFY_INTERVAL");
    add(all, PostgresReturnTypes.DATE, 2, 2, "TO_DATE");
    add(all, PostgresReturnTypes.DATE, 3, 3, "MAKE_DATE");
    add(all, TIMESTAMP, 6, 6, "MAKE_TIMESTAMP");
    add(all, BOOLEAN, 1, 1, "ISFINITE");
    add(all, BIGINT, 3, 3, "DATE_DIFF");
  }

  private static void documents(List<SqlOperator> all) {
    add(all, TEXT, 0, MANY, "JSON_BUILD_OBJECT", "JSONB_BUILD_OBJECT");
    add(all, TEXT, 0, MANY, "JSON_BUILD_ARRAY", "JSONB_BUILD_ARRAY");
    add(all, TEXT, 2, MANY, "JSON_EXTRACT_PATH_TEXT", "JSONB_EXTRACT_PATH_TEXT");
    add(all, TEXT, 1, 1, "TO_JSON", "TO_JSONB", "JSONB_TYPEOF", "JSON_TYPEOF");
    add(all, INTEGER, 1, 1, "JSONB_ARRAY_LENGTH", "JSON_ARRAY_LENGTH");
    add(all, INTEGER, 2, 2, "ARRAY_LENGTH");
    add(all, TEXT, 2, 3, "ARRAY_TO_STRING");
  }

  private static void add(
      List<SqlOperator> all, SqlReturnTypeInference type, int min, int max, String... names) {
    for (String name : names) {
      all.add(function(name, type, min, max));
    }
  }

  private static SqlFunction function(String name, SqlReturnTypeInference type, int min, int max) {
    return new PostgresFunction(name, type, min, max);
  }

  /** Printed in lower case and never quoted, since that is how PostgreSQL knows it. */
  static final class PostgresFunction extends SqlFunction {
    PostgresFunction(String name, SqlReturnTypeInference type, int min, int max) {
      super(
          name.toUpperCase(Locale.ROOT),
          SqlKind.OTHER_FUNCTION,
          type,
          null,
          OperandTypes.variadic(SqlOperandCountRanges.between(min, max)),
          SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }
  }
}
