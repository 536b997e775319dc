package io.plumbline.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Calls of the protocol one by one, as no stock client would make them. */
final class JsonCalls {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TestServer server;
  private final String connection;
  private final String[] headers;

  JsonCalls(TestServer server, String... headers) {
    this(UUID.randomUUID().toString(), server, headers);
  }

  /** Calls over a connection that somebody else may have opened. */
  static JsonCalls over(TestServer server, String connection, String... headers) {
    return new JsonCalls(connection, server, headers);
  }

  private JsonCalls(String connection, TestServer server, String[] headers) {
    this.server = server;
    this.connection = connection;
    this.headers = headers;
  }

  String connection() {
    return connection;
  }

  HttpResponse<String> send(String request, Map<String, Object> fields) throws Exception {
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("request", request);
    call.put("connectionId", connection);
    call.putAll(fields);
    return server.post(MAPPER.writeValueAsString(call), headers);
  }

  String open(String user, String password) throws Exception {
    return send("openConnection", Map.of("info", Map.of("user", user, "password", password)))
        .body();
  }

  int createStatement() throws Exception {
    JsonNode answer = MAPPER.readTree(send("createStatement", Map.of()).body());
    return answer.get("statementId").asInt();
  }

  String execute(int statement, String sql) throws Exception {
    return send(
            "prepareAndExecute", Map.of("statementId", statement, "sql", sql, "maxRowCount", -1))
        .body();
  }

  String fetch(int statement, long offset) throws Exception {
    return send(
            "fetch", Map.of("statementId", statement, "offset", offset, "fetchMaxRowCount", 100))
        .body();
  }
}
