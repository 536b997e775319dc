package io.plumbline.masking;

import io.plumbline.definitions.Expression;

/** What is shown in place of a value. Every mask keeps the type; null stays null but for REDACT. */
public sealed interface MaskPolicy {

  /** As the policy file writes it. */
  String written();

  /** The value itself. */
  record None() implements MaskPolicy {
    @Override
    public String written() {
      return "none";
    }
  }

  /** A text that says so; null for other types. */
  record Redact() implements MaskPolicy {
    @Override
    public String written() {
      return "redact";
    }
  }

  /** Null. */
  record Nullify() implements MaskPolicy {
    @Override
    public String written() {
      return "nullify";
    }
  }

  /** A keyed hash of a text: equal values stay equal. */
  record HashSha256() implements MaskPolicy {
    @Override
    public String written() {
      return "hash_sha256";
    }
  }

  /** A text of stars and the last characters; all stars if it is no longer than these. */
  record ShowLast(int characters) implements MaskPolicy {
    @Override
    public String written() {
      return "show_last_" + characters;
    }
  }

  /** The first characters of a text and stars; all stars if it is no longer than these. */
  record ShowFirst(int characters) implements MaskPolicy {
    @Override
    public String written() {
      return "show_first_" + characters;
    }
  }

  /** Stars and what follows the at sign of an address. */
  record EmailDomain() implements MaskPolicy {
    @Override
    public String written() {
      return "email_domain";
    }
  }

  /** The first instant of the year of a date or time. */
  record DateYear() implements MaskPolicy {
    @Override
    public String written() {
      return "date_year";
    }
  }

  /** A number rounded down to a multiple. */
  record Bucket(int size) implements MaskPolicy {
    @Override
    public String written() {
      return "bucket(" + size + ")";
    }
  }

  /** SQL over the columns of the table. */
  record Custom(Expression expression) implements MaskPolicy {
    @Override
    public String written() {
      return "expression";
    }
  }
}
