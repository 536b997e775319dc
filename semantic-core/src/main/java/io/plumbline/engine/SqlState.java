package io.plumbline.engine;

/** The SQLSTATEs that clients see. */
public enum SqlState {
  SYNTAX_ERROR("42601"),
  UNDEFINED_COLUMN("42703"),
  UNDEFINED_TABLE("42P01"),
  UNDEFINED_FUNCTION("42883"),
  AMBIGUOUS_COLUMN("42702"),
  GROUPING_ERROR("42803"),
  DATATYPE_MISMATCH("42804"),
  INVALID_DEFINITION("42P17"),
  READ_ONLY("25006"),
  FEATURE_NOT_SUPPORTED("0A000"),
  INVALID_PARAMETER("22023"),
  INVALID_VALUE("22000"),
  DIVISION_BY_ZERO("22012"),
  INSUFFICIENT_PRIVILEGE("42501"),
  TOO_MANY("53400"),
  CANCELED("57014"),
  UNAVAILABLE("57P03"),
  CONNECTION_FAILURE("08006"),
  INTERNAL("XX000");

  private final String code;

  SqlState(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
