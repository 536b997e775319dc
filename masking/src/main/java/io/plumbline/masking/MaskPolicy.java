package io.plumbline.masking;

import io.plumbline.definitions.Expression;

/** What is shown in place of a value. Every mask keeps the type; null stays null but for REDACT. */
public sealed interface MaskPolicy {

  /** The value itself. */
  record None() implements MaskPolicy {}

  /** A text that says so; null for other types. */
  record Redact() implements MaskPolicy {}

  /** Null. */
  record Nullify() implements MaskPolicy {}

  /** A keyed hash of a text: equal values stay equal. */
  record HashSha256() implements MaskPolicy {}

  /** A text of stars and the last characters; all stars if it is no longer than these. */
  record ShowLast(int characters) implements MaskPolicy {}

  /** The first characters of a text and stars; all stars if it is no longer than these. */
  record ShowFirst(int characters) implements MaskPolicy {}

  /** Stars and what follows the at sign of an address. */
  record EmailDomain() implements MaskPolicy {}

  /** The first instant of the year of a date or time. */
  record DateYear() implements MaskPolicy {}

  /** A number rounded down to a multiple. */
  record Bucket(int size) implements MaskPolicy {}

  /** SQL over the columns of the table. */
  record Custom(Expression expression) implements MaskPolicy {}
}
