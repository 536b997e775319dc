package io.plumbline.server.wire;

import io.plumbline.engine.PreparedQuery;
import io.plumbline.engine.Principal;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's calls over sessions of the engine. There is one of these per call: it knows who calls,
 * so that no call can reach a connection without being checked against its owner.
 */
final class PlumblineMeta extends MetaImpl {

  private static final String PRODUCT = "Plumbline";
  private static final String VERSION = "0.1";

  private final Connections connections;
  private final Login login;
  private final Optional<Proven> proven;
  private final Caller caller;
  private final Codec codec;
  private final WireLimits limits;

  /**
   * @param proven who was verified by what came with the call
   */
  @SuppressWarnings("NullAway") // Avatica's base class asks for the client's connection.
  PlumblineMeta(
      Connections connections,
      Login login,
      Optional<Proven> proven,
      Caller caller,
      Codec codec,
      WireLimits limits) {
    super(null);
    this.connections = connections;
    this.login = login;
    this.proven = proven;
    this.caller = caller;
    this.codec = codec;
    this.limits = limits;
  }

  private ServerConnection find(ConnectionHandle handle) {
    return connections.find(handle.id, proven, caller);
  }

  private ServerConnection connectionOf(StatementHandle handle) {
    return connections.find(handle.connectionId, proven, caller);
  }

  private ServerStatement find(StatementHandle handle) throws NoSuchStatementException {
    return find(connectionOf(handle), handle);
  }

  private static ServerStatement find(ServerConnection connection, StatementHandle handle)
      throws NoSuchStatementException {
    ServerStatement statement = connection.statement(handle.id);
    if (statement == null) {
      throw new NoSuchStatementException(handle);
    }
    return statement;
  }

  @Override
  public void openConnection(ConnectionHandle handle, @Nullable Map<String, String> info) {
    OpenProperties properties = OpenProperties.of(info);
    Principal principal = login.principal(proven, properties, caller);
    login.opened(principal, proven, caller);
    connections.open(
        handle.id == null ? "" : handle.id,
        proven.isPresent(),
        principal,
        properties.settings(),
        caller);
  }

  @Override
  public void closeConnection(ConnectionHandle handle) {
    var unused = connections.close(find(handle));
  }

  /** Whatever a client asks for, a connection reads only, and each statement is on its own. */
  @Override
  public ConnectionProperties connectionSync(
      ConnectionHandle handle, ConnectionProperties properties) {
    ServerConnection connection = find(handle);
    if (properties != null && properties.getSchema() != null) {
      connection.setSchema(schema(connection, properties.getSchema()));
    }
    String schema = connection.schema().isEmpty() ? null : connection.schema();
    return new ConnectionPropertiesImpl(true, true, Connection.TRANSACTION_NONE, null, schema);
  }

  private static String schema(ServerConnection connection, String asked) {
    var names = new MetadataTables(connection.session().tables()).schemaNames();
    return names.stream()
        .filter(asked::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.of(
                    "3F000",
                    "there is no schema '" + asked + "'; there are " + String.join(", ", names)));
  }

  @Override
  public StatementHandle createStatement(ConnectionHandle handle) {
    ServerConnection connection = find(handle);
    return new StatementHandle(
        connection.id(), connection.addStatement(Optional.empty()).id(), null);
  }

  @Override
  public StatementHandle prepare(ConnectionHandle handle, String sql, long maxRowCount) {
    ServerConnection connection = find(handle);
    PreparedQuery query = plan(connection, sql, audit(connection, sql));
    return new StatementHandle(
        connection.id(), connection.addStatement(Optional.of(query)).id(), signature(query));
  }

  /** Begins to audit a statement; one that is too long to be taken is not kept whole either. */
  private StatementAudit audit(ServerConnection connection, @Nullable String sql) {
    String text = sql == null ? "" : sql;
    return connection.audit(
        text.length() > limits.sqlCharacters() ? text.substring(0, limits.sqlCharacters()) : text);
  }

  /** Plans a statement; that one was refused is audited before its client learns it. */
  private PreparedQuery plan(
      ServerConnection connection, @Nullable String sql, StatementAudit audit) {
    try {
      return plan(connection, sql == null ? "" : sql);
    } catch (RuntimeException e) {
      audit.failed(e, 0);
      throw e;
    }
  }

  private PreparedQuery plan(ServerConnection connection, String text) {
    if (text.length() > limits.sqlCharacters()) {
      throw Refusal.of(
          "54000",
          String.format(
              Locale.ROOT,
              "the statement has %,d characters; at most %,d are taken",
              text.length(),
              limits.sqlCharacters()));
    }
    return connection.session().prepare(text);
  }

  private static Signature signature(PreparedQuery query) {
    return WireTypes.signature(query.sql(), query.columns(), query.parameters());
  }

  @Override
  @SuppressWarnings("deprecation")
  public ExecuteResult prepareAndExecute(
      StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback)
      throws NoSuchStatementException {
    return prepareAndExecute(handle, sql, maxRowCount, -1, callback);
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle handle,
      String sql,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback)
      throws NoSuchStatementException {
    ServerConnection connection = connectionOf(handle);
    ServerStatement statement = find(connection, handle);
    StatementAudit audit = audit(connection, sql);
    PreparedQuery query = plan(connection, sql, audit);
    return run(handle, statement, query, List.of(), Math.max(0, maxRowCount), audit);
  }

  @Override
  @SuppressWarnings("deprecation")
  public ExecuteResult execute(StatementHandle handle, List<TypedValue> values, long maxRowCount)
      throws NoSuchStatementException {
    return execute(handle, values, -1);
  }

  @Override
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> values, int maxRowsInFirstFrame)
      throws NoSuchStatementException {
    ServerConnection connection = connectionOf(handle);
    ServerStatement statement = find(connection, handle);
    PreparedQuery query = statement.prepared();
    return run(
        handle,
        statement,
        query,
        ParameterValues.convert(values, query.parameters()),
        0,
        audit(connection, query.sql()));
  }

  private ExecuteResult run(
      StatementHandle handle,
      ServerStatement statement,
      PreparedQuery query,
      List<? extends @Nullable Object> values,
      long maxRows,
      StatementAudit audit) {
    Frame frame = firstFrame(statement, query, values, maxRows, audit);
    return new ExecuteResult(
        List.of(
            query.columns().isEmpty()
                ? MetaResultSet.count(handle.connectionId, handle.id, 0)
                : MetaResultSet.create(
                    handle.connectionId, handle.id, false, signature(query), frame)));
  }

  private Frame firstFrame(
      ServerStatement statement,
      PreparedQuery query,
      List<? extends @Nullable Object> values,
      long maxRows,
      StatementAudit audit) {
    try {
      if (values.size() < query.parameters().size()) {
        throw Refusal.of("07001", "the statement has parameters; prepare it and give their values");
      }
      return statement.run(query, values, maxRows, codec, audit);
    } catch (RuntimeException e) {
      audit.failed(e, 0);
      throw e;
    }
  }

  /**
   * Clients say how many rows they would like; the server's frames are larger, and they cope.
   *
   * <p>Avatica takes a NullPointerException here for a statement that is missing, which would hide
   * an error of ours.
   */
  @Override
  public Frame fetch(StatementHandle handle, long offset, int fetchMaxRowCount)
      throws NoSuchStatementException {
    try {
      return find(handle).fetch(offset, codec);
    } catch (NullPointerException e) {
      throw new IllegalStateException("fetching a frame failed", e);
    }
  }

  /** Sent when a result is gone; to run the statement again could give other rows. */
  @Override
  public boolean syncResults(StatementHandle handle, QueryState state, long offset)
      throws NoSuchStatementException {
    connectionOf(handle);
    throw Refusal.of(
        "24000", "the result is gone: it expired or was closed. Run the statement again");
  }

  @Override
  public void closeStatement(StatementHandle handle) {
    connectionOf(handle).closeStatement(handle.id);
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle handle, List<String> commands)
      throws NoSuchStatementException {
    find(handle);
    throw Refusal.readOnly();
  }

  @Override
  public ExecuteBatchResult executeBatch(StatementHandle handle, List<List<TypedValue>> values)
      throws NoSuchStatementException {
    find(handle);
    throw Refusal.readOnly();
  }

  /** Each statement commits by itself; tools commit and roll back all the same. */
  @Override
  public void commit(ConnectionHandle handle) {
    find(handle);
  }

  @Override
  public void rollback(ConnectionHandle handle) {
    find(handle);
  }

  @Override
  public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle handle) {
    find(handle);
    return Map.of(
        DatabaseProperty.GET_DATABASE_PRODUCT_NAME,
        PRODUCT,
        DatabaseProperty.GET_DATABASE_PRODUCT_VERSION,
        VERSION,
        DatabaseProperty.GET_DATABASE_MAJOR_VERSION,
        0,
        DatabaseProperty.GET_DATABASE_MINOR_VERSION,
        1,
        DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION,
        Connection.TRANSACTION_NONE);
  }

  private MetaResultSet result(ServerConnection connection, MetadataTables.Table table) {
    return MetaResultSet.create(
        connection.id(), connection.unusedStatementId(), true, table.signature(), table.frame());
  }

  private static MetadataTables visible(ServerConnection connection, @Nullable String catalog) {
    boolean any = catalog == null || catalog.isEmpty() || catalog.equals("%");
    return new MetadataTables(any ? connection.session().tables() : List.of());
  }

  @Override
  public MetaResultSet getTables(
      ConnectionHandle handle, String catalog, Pat schema, Pat table, List<String> types) {
    ServerConnection connection = find(handle);
    return result(connection, visible(connection, catalog).tables(schema, table, types));
  }

  @Override
  public MetaResultSet getColumns(
      ConnectionHandle handle, String catalog, Pat schema, Pat table, Pat column) {
    ServerConnection connection = find(handle);
    return result(connection, visible(connection, catalog).columns(schema, table, column));
  }

  @Override
  public MetaResultSet getSchemas(ConnectionHandle handle, String catalog, Pat schema) {
    ServerConnection connection = find(handle);
    return result(connection, visible(connection, catalog).schemas(schema));
  }

  @Override
  public MetaResultSet getCatalogs(ConnectionHandle handle) {
    return result(find(handle), MetadataTables.catalogs());
  }

  @Override
  public MetaResultSet getTableTypes(ConnectionHandle handle) {
    return result(find(handle), MetadataTables.tableTypes());
  }

  @Override
  public MetaResultSet getTypeInfo(ConnectionHandle handle) {
    return result(find(handle), MetadataTables.types());
  }
}
