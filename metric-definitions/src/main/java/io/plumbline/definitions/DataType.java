package io.plumbline.definitions;

import java.util.Locale;

/** Type of a column as a contract declares it. */
public enum DataType {
  TEXT,
  BOOLEAN,
  INTEGER,
  BIGINT,
  DECIMAL,
  DOUBLE,
  DATE,
  /** An instant. A source column without a zone needs a zone rule. */
  TIMESTAMPTZ;

  /** The word used in YAML. */
  public String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
