package io.plumbline.server.audit;

import io.plumbline.engine.LiveTable.Column;
import io.plumbline.engine.LiveTable.Type;
import java.util.Locale;

/** The columns of {@code analytics.query_audit_log}, in their order. */
enum QueryAuditColumn {
  QUERY_ID(Type.BIGINT, false, "Number of the record with which the statement began."),
  USER_ID(Type.TEXT, false, "Name of the user whose rights counted."),
  USER_ROLE(
      Type.TEXT, false, "Role of the user; several in alphabetical order, between them a comma."),
  SERVICE_ACCOUNT(
      Type.TEXT, true, "Service account that asked on the user's behalf; null for the user."),
  QUERY_TIMESTAMP(Type.TIMESTAMPTZ, false, "When the statement was about to run."),
  QUERY_DURATION_SECONDS(
      Type.NUMERIC,
      true,
      "Seconds from the arrival of the statement until its last row was read; null while it runs,"
          + " and for one that ran when the server was killed."),
  OUTCOME(
      Type.TEXT,
      false,
      "completed, refused (before it ran), failed, canceled, closed (by the client before the last"
          + " row), or unfinished."),
  SQLSTATE(Type.TEXT, true, "SQLSTATE of the error; null without one."),
  RESULT_ROWS(Type.BIGINT, true, "Rows that were read for the client; null while it runs."),
  USED_TEMPLATE(Type.BOOLEAN, false, "Whether the statement calls a template."),
  TEMPLATE_NAME(Type.TEXT, true, "The template that it calls; null without one."),
  SQL_TEXT(
      Type.TEXT,
      true,
      "The statement; without literals if it is somebody else's, and null if it may name what is"
          + " hidden from you."),
  TABLES(
      Type.TEXT, true, "Tables that it names and source tables that it reads, of those you see."),
  TAGGED_COLUMNS(Type.TEXT, true, "Columns with a tag in the policy that it reads."),
  CLASSIFICATIONS(Type.TEXT, true, "Classifications of those columns."),
  POLICIES(Type.TEXT, true, "Masks and row filters that were applied."),
  ACCESS_AUDIT(
      Type.BOOLEAN, false, "Whether one of the columns is marked access_audit in the policy."),
  CLIENT_ADDRESS(Type.TEXT, true, "Address of the client."),
  CONNECTION_ID(Type.TEXT, true, "Tells connections apart.");

  private final Type type;
  private final boolean nullable;
  private final String description;

  QueryAuditColumn(Type type, boolean nullable, String description) {
    this.type = type;
    this.nullable = nullable;
    this.description = description;
  }

  Column column() {
    return new Column(name().toLowerCase(Locale.ROOT), type, nullable, description);
  }
}
