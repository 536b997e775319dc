package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.http.ServerSettings.Compression;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What comes to the port that is no well-behaved call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpTest {

  private TestServer test;

  @BeforeAll
  void start() {
    test = new TestServer(ServerSettings.loopback(0).withCompression(Compression.ALWAYS));
  }

  @AfterAll
  void stop() {
    test.close();
  }

  private void assertServes() throws Exception {
    try (Connection connection = test.connect("protobuf");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 1")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void healthTellsAboutTheWarehouse() throws Exception {
    HttpResponse<String> health = test.get("/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("\"warehouse\":\"up\"");
    assertThat(test.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(test.get("/health/else").statusCode()).isEqualTo(404);
  }

  @Test
  void metricsTellWhatClientsHold() throws Exception {
    try (Connection connection = test.connect("json");
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select 1").close();
      HttpResponse<String> metrics = test.get("/metrics");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.body())
          .containsPattern("plumbline_connections [1-9]")
          .containsPattern("plumbline_statements [1-9]")
          .contains("plumbline_statements_running 0.0")
          .contains("plumbline_calls_seconds_count{outcome=\"answered\"}")
          .contains("jvm_threads_live_threads");
    }
  }

  @Test
  void otherMethodsAreTurnedAway() throws Exception {
    assertThat(test.get("/").statusCode()).isEqualTo(405);
    HttpResponse<String> post =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(test.server().url() + "/health"))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().map()).doesNotContainKey("server");
  }

  @Test
  void garbageIsNamedAsSuch() throws Exception {
    byte[] garbage = new byte[2000];
    new Random(1).nextBytes(garbage);
    assertThat(new String(test.postBytes(garbage), StandardCharsets.ISO_8859_1))
        .contains("not a call of Avatica's protocol");
    assertThat(test.post("{\"request\":").statusCode()).isEqualTo(400);
    assertThat(test.post("{\"request\":\"unheard\"}").body()).contains("08P01");
    assertThat(test.post("{".repeat(100_000)).body()).contains("08P01");
    assertThat(test.post("").statusCode()).isEqualTo(400);
    assertServes();
  }

  @Test
  void largeBodiesAreRefusedBeforeTheyAreRead() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", test.server().port())) {
      socket.setSoTimeout(5000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 209715200\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(firstLine(socket)).startsWith("HTTP/1.1 413");
    }
    assertServes();
  }

  @Test
  void chunkedBodiesAreRefusedOnceTheyAreTooLarge() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", test.server().port())) {
      socket.setSoTimeout(5000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = new byte[100_000];
      try {
        for (int i = 0; i < 40; i++) {
          out.write("186a0\r\n".getBytes(StandardCharsets.US_ASCII));
          out.write(chunk);
          out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
      } catch (java.net.SocketException serverHasHungUp) {
        assertThat(serverHasHungUp).isNotNull();
      }
      try {
        assertThat(firstLine(socket)).startsWith("HTTP/1.1 413");
      } catch (java.net.SocketException reset) {
        assertThat(reset).isNotNull();
      }
    }
    assertServes();
  }

  @Test
  void malformedHttpGetsNoDetails() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", test.server().port())) {
      socket.setSoTimeout(5000);
      socket
          .getOutputStream()
          .write("\u0001\u0002 nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("jetty").doesNotContain("\tat ");
    }
    assertServes();
  }

  @Test
  void hundredsOfSlowBodiesKeepNobodyWaiting() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        Socket socket = new Socket("127.0.0.1", test.server().port());
        socket
            .getOutputStream()
            .write(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      long begun = System.nanoTime();
      assertServes();
      assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(3000);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertServes();
  }

  @Test
  void largeAnswersAreCompressedForThoseWhoCanReadThem() throws Exception {
    JsonCalls client = new JsonCalls(test, "Accept-Encoding", "gzip");
    client.open("ana", "ana-pw");
    int statement = client.createStatement();
    String sql = "select repeat('abc', 100) from generate_series(1, 400)";
    HttpResponse<String> answer =
        client.send(
            "prepareAndExecute",
            java.util.Map.of("statementId", statement, "sql", sql, "maxRowCount", -1));
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(answer.headers().firstValueAsLong("Content-Length").getAsLong()).isLessThan(20_000);
    for (String serialization : List.of("protobuf", "json")) {
      try (Connection connection = test.connect(serialization);
          Statement plain = connection.createStatement();
          ResultSet rows = plain.executeQuery(sql.replace("400", "4000"))) {
        int count = 0;
        while (rows.next()) {
          count++;
        }
        assertThat(count).isEqualTo(4000);
      }
    }
  }

  private static String firstLine(Socket socket) throws Exception {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
