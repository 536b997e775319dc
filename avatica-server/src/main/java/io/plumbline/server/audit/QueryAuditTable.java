package io.plumbline.server.audit;

import io.plumbline.engine.LiveTable;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import io.plumbline.server.audit.AuditEvent.StatementBegun;
import io.plumbline.server.audit.AuditEvent.StatementEnded;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code analytics.query_audit_log}: a row for each statement. Everyone sees what they asked
 * themselves; those whom the policy lets read the audit log see what others asked as well, but
 * without literals, and without names that are hidden from them.
 */
public final class QueryAuditTable implements LiveTable {

  private static final Logger LOG = LoggerFactory.getLogger(QueryAuditTable.class);
  private static final int MICROS = 6;

  private final AuditLog log;

  public QueryAuditTable(AuditLog log) {
    this.log = log;
  }

  /** A statement as far as it is known. */
  private record Run(AuditRecord begun, StatementBegun statement, Optional<StatementEnded> end) {

    Run ended(StatementEnded how) {
      return new Run(begun, statement, Optional.of(how));
    }
  }

  @Override
  public String schema() {
    return "analytics";
  }

  @Override
  public String name() {
    return "query_audit_log";
  }

  @Override
  public String description() {
    return "Statements that were asked, one row each: by everyone for those who may read the audit"
        + " log, else your own. Statements of others are shown without literals.";
  }

  @Override
  public List<Column> columns() {
    return Arrays.stream(QueryAuditColumn.values()).map(QueryAuditColumn::column).toList();
  }

  @Override
  public List<List<@Nullable String>> rows(Reader reader) {
    boolean all = reader.governor().maySeeAuditLog(reader.principal());
    Map<Long, Run> runs = new LinkedHashMap<>();
    try {
      new AuditReader(log.folder())
          .statements(
              log.durable(),
              selection(reader, all, runs),
              entry -> collect(entry, reader, all, runs));
    } catch (IOException e) {
      LOG.error("the audit log can't be read", e);
      throw new QueryException(SqlState.UNAVAILABLE, "the audit log can't be read at the moment");
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    runs.values().forEach(run -> rows.add(row(run, reader)));
    return rows;
  }

  /** Statements of others are not even parsed for whom they are hidden from. */
  private static AuditReader.Selection selection(Reader reader, boolean all, Map<Long, Run> runs) {
    String own = RecordFormat.field("user", reader.principal().name());
    return new AuditReader.Selection() {
      @Override
      public boolean begun(String line) {
        return all || line.contains(own);
      }

      @Override
      public boolean ended(long statement) {
        return runs.containsKey(statement);
      }
    };
  }

  private static void collect(AuditRecord entry, Reader reader, boolean all, Map<Long, Run> runs) {
    if (entry.event() instanceof StatementBegun statement) {
      if (all || statement.user().equals(reader.principal().name())) {
        runs.put(entry.sequence(), new Run(entry, statement, Optional.empty()));
      }
    } else if (entry.event() instanceof StatementEnded end) {
      runs.computeIfPresent(end.statement(), (number, run) -> run.ended(end));
    }
  }

  private static List<@Nullable String> row(Run run, Reader reader) {
    StatementBegun statement = run.statement();
    Optional<StatementEnded> end = run.end();
    List<@Nullable String> row = new ArrayList<>();
    for (QueryAuditColumn column : QueryAuditColumn.values()) {
      row.add(
          switch (column) {
            case QUERY_ID -> Long.toString(run.begun().sequence());
            case USER_ID -> statement.user();
            case USER_ROLE -> String.join(", ", statement.roles());
            case SERVICE_ACCOUNT -> known(statement.serviceAccount());
            case QUERY_TIMESTAMP -> run.begun().at().toString();
            case QUERY_DURATION_SECONDS ->
                end.map(e -> BigDecimal.valueOf(e.micros(), MICROS).toPlainString()).orElse(null);
            case OUTCOME -> end.map(StatementEnded::outcome).orElse("unfinished");
            case SQLSTATE -> end.map(StatementEnded::sqlState).map(s -> known(s)).orElse(null);
            case RESULT_ROWS -> end.map(e -> Long.toString(e.rows())).orElse(null);
            case USED_TEMPLATE -> Boolean.toString(!statement.template().isEmpty());
            case TEMPLATE_NAME -> known(statement.template());
            case SQL_TEXT -> sql(statement, reader);
            case TABLES -> seen(statement.tables(), reader);
            case TAGGED_COLUMNS -> seen(statement.taggedColumns(), reader);
            case CLASSIFICATIONS -> known(String.join(", ", statement.classifications()));
            case POLICIES -> known(String.join(", ", statement.policies()));
            case ACCESS_AUDIT -> Boolean.toString(statement.accessAudit());
            case CLIENT_ADDRESS -> known(statement.address());
            case CONNECTION_ID -> known(statement.connection());
          });
    }
    return row;
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }

  /** One's own as it was written; of others only to those from whom no name is hidden. */
  private static @Nullable String sql(StatementBegun statement, Reader reader) {
    if (statement.user().equals(reader.principal().name())) {
      return statement.sql();
    }
    return reader.seesAll() ? StatementText.withoutLiterals(statement.sql()) : null;
  }

  /** The names of tables that the reader knows, and of columns of such tables. */
  private static @Nullable String seen(List<String> names, Reader reader) {
    return known(
        String.join(
            ", ",
            names.stream()
                .filter(name -> reader.seesAll() || reader.seesTable().test(table(name)))
                .toList()));
  }

  /** {@code schema.table} of {@code schema.table.column}. */
  private static String table(String name) {
    String[] parts = name.split("\\.", 3);
    return parts.length < 2 ? name : parts[0] + "." + parts[1];
  }
}
