package io.plumbline.server.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * Something that happened. The names of the components are those of the fields in the files; an
 * empty text stands for what is not known or does not apply.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AuditEvent.ServerStarted.class, name = "server_started"),
  @JsonSubTypes.Type(value = AuditEvent.ServerStopped.class, name = "server_stopped"),
  @JsonSubTypes.Type(value = AuditEvent.LogRecovered.class, name = "log_recovered"),
  @JsonSubTypes.Type(value = AuditEvent.LoggedIn.class, name = "logged_in"),
  @JsonSubTypes.Type(value = AuditEvent.LoginRefused.class, name = "login_refused"),
  @JsonSubTypes.Type(value = AuditEvent.RulesChanged.class, name = "rules_changed"),
  @JsonSubTypes.Type(value = AuditEvent.RulesRefused.class, name = "rules_refused"),
  @JsonSubTypes.Type(value = AuditEvent.StatementBegun.class, name = "statement"),
  @JsonSubTypes.Type(value = AuditEvent.StatementEnded.class, name = "statement_ended")
})
public sealed interface AuditEvent {

  /**
   * A server came up under these rules.
   *
   * @param definitions a hash of their files
   * @param policy a hash of its file
   * @param logins a hash of all that is said about users
   */
  record ServerStarted(String definitions, String policy, String logins, List<String> users)
      implements AuditEvent {
    public ServerStarted {
      users = List.copyOf(users);
    }
  }

  /** A server was shut down in order. */
  record ServerStopped() implements AuditEvent {}

  /**
   * The end of the log was not whole when a server started, as after a crash, and was cut off.
   *
   * @param bytes that were cut off, and kept in a file beside the log
   */
  record LogRecovered(long bytes) implements AuditEvent {}

  /**
   * Somebody opened a connection.
   *
   * @param serviceAccount who logged in to act as the user; empty for the user
   * @param method {@code password}, {@code basic}, {@code token} or {@code certificate}
   */
  record LoggedIn(
      String user, List<String> roles, String serviceAccount, String address, String method)
      implements AuditEvent {
    public LoggedIn {
      roles = List.copyOf(roles);
    }
  }

  /**
   * Somebody was not let in.
   *
   * @param user as it was claimed
   */
  record LoginRefused(String user, String address, String method, String sqlState)
      implements AuditEvent {}

  /** Other rules came into force; hashes as in {@link ServerStarted}. */
  record RulesChanged(
      String definitions,
      String policy,
      String logins,
      List<String> usersAdded,
      List<String> usersRemoved,
      List<String> usersChanged)
      implements AuditEvent {
    public RulesChanged {
      usersAdded = List.copyOf(usersAdded);
      usersRemoved = List.copyOf(usersRemoved);
      usersChanged = List.copyOf(usersChanged);
    }
  }

  /**
   * Changed rules were refused, and the old ones stayed in force.
   *
   * @param files in which the problems are
   */
  record RulesRefused(int problems, List<String> files) implements AuditEvent {
    public RulesRefused {
      files = List.copyOf(files);
    }
  }

  /**
   * A statement is about to run, or was refused before it could.
   *
   * @param tables that it names and reads
   * @param taggedColumns that it reads
   * @param classifications of those columns
   * @param policies applied to it
   * @param accessAudit whether one of the columns is marked in the policy for attention
   * @param template the template it calls; empty for none
   */
  record StatementBegun(
      String user,
      List<String> roles,
      String serviceAccount,
      String address,
      String connection,
      String sql,
      List<String> tables,
      List<String> taggedColumns,
      List<String> classifications,
      List<String> policies,
      boolean accessAudit,
      String template)
      implements AuditEvent {
    public StatementBegun {
      roles = List.copyOf(roles);
      tables = List.copyOf(tables);
      taggedColumns = List.copyOf(taggedColumns);
      classifications = List.copyOf(classifications);
      policies = List.copyOf(policies);
    }
  }

  /**
   * A statement has come to its end.
   *
   * @param statement the number of the record with which it began
   * @param outcome {@code completed}, {@code refused}, {@code failed}, {@code canceled}, or {@code
   *     closed} by its client before the last row
   * @param sqlState of the error; empty without one
   * @param rows that were read for the client
   * @param micros since it arrived
   */
  record StatementEnded(long statement, String outcome, String sqlState, long rows, long micros)
      implements AuditEvent {}
}
