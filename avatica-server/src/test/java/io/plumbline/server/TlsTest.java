package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.http.ServerSettings.Keystore;
import io.plumbline.server.http.ServerSettings.Tls;
import io.plumbline.server.http.ServerStartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS, and logins by the certificate of a client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {

  private static final String ANAS = "CN=ana, O=Example";

  @TempDir static Path folder;

  private TestCertificates certificates;
  private TestServer test;

  @BeforeAll
  void start() throws Exception {
    certificates =
        new TestCertificates(folder)
            .selfSigned("authority", "CN=Authority")
            .signed("server", "CN=localhost", "authority")
            .signed("ana", ANAS, "authority")
            .signed("stranger", "CN=stranger, O=Example", "authority")
            .selfSigned("forger", ANAS);
    Tls tls =
        new Tls(certificates.keystore("server"), Optional.of(certificates.truststore("authority")));
    test = new TestServer(ServerSettings.loopback(0).withTls(tls), users());
  }

  @AfterAll
  void stop() {
    test.close();
  }

  private static Users users() {
    return new Users(
        List.of(
            new User(
                "ana",
                Optional.empty(),
                Set.of("analyst"),
                Map.of(),
                List.of(),
                Set.of(new X500Principal(ANAS))),
            new User("bob", PasswordHash.of("bob-pw"), Set.of("pm"), Map.of())));
  }

  private Connection connect(String serialization, Map<String, String> more) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("truststore", certificates.truststore("authority").file().toString());
    properties.setProperty("truststore_password", TestCertificates.PASSWORD);
    properties.putAll(more);
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=" + test.server().url() + ";serialization=" + serialization,
        properties);
  }

  private Map<String, String> certificate(String alias) throws Exception {
    return Map.of(
        "keystore", certificates.keystore(alias).file().toString(),
        "keystore_password", TestCertificates.PASSWORD,
        "key_password", TestCertificates.PASSWORD);
  }

  private static String answer(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 'sealed'")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private String audited() throws Exception {
    answer(connect("json", Map.of("user", "bob", "password", "bob-pw")));
    return String.join("\n", test.audit().lines());
  }

  @Test
  void aPasswordWorksWithoutACertificate() throws Exception {
    assertThat(test.server().url()).startsWith("https://");
    assertThat(answer(connect("protobuf", Map.of("user", "bob", "password", "bob-pw"))))
        .isEqualTo("sealed");
    assertThatThrownBy(() -> connect("protobuf", Map.of())).hasMessageContaining("401");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void theStockDriverLogsInByCertificate(String serialization) throws Exception {
    assertThat(answer(connect(serialization, certificate("ana")))).isEqualTo("sealed");
    assertThat(audited())
        .contains("\"event\":\"logged_in\",\"user\":\"ana\"")
        .contains("\"method\":\"certificate\"");
  }

  @Test
  void aCertificateOfAnotherAuthorityLetsNobodyIn() {
    assertThatThrownBy(() -> connect("protobuf", certificate("forger")))
        .hasMessageContaining("401");
  }

  /** The stock driver does not send a certificate that the server would not trust. */
  @Test
  void whoInsistsOnACertificateOfAnotherAuthorityIsNotSpokenTo() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(test.server().url().replace("127.0.0.1", "localhost") + "/health/live"))
            .build();
    assertThat(client("ana").send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> client("forger").send(request, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  private HttpClient client(String alias) throws Exception {
    return HttpClient.newBuilder().sslContext(certificates.insisting(alias, "authority")).build();
  }

  @Test
  void aCertificateThatIsNobodysIsRefusedAndAudited() throws Exception {
    assertThatThrownBy(() -> connect("protobuf", certificate("stranger")))
        .hasMessageContaining("28000: the certificate is no user's");
    assertThat(audited())
        .contains("\"event\":\"login_refused\",\"user\":\"CN=stranger,O=Example\"");
  }

  @Test
  void whoseCertificateIsNobodysMayGiveAPassword() throws Exception {
    Map<String, String> both = new HashMap<>(certificate("stranger"));
    both.putAll(Map.of("user", "bob", "password", "bob-pw"));
    assertThat(answer(connect("protobuf", both))).isEqualTo("sealed");
  }

  @Test
  void theUserOfTheConnectionMustBeTheOneOfTheCertificate() throws Exception {
    Map<String, String> both = new HashMap<>(certificate("ana"));
    both.putAll(Map.of("user", "bob", "password", "bob-pw"));
    assertThatThrownBy(() -> connect("protobuf", both))
        .hasMessageContaining("the user of the connection is not the one of its certificate");
  }

  private static ServerStartException start(Tls tls) {
    try (TemporaryAudit audit = TemporaryAudit.open()) {
      PlumblineServer.start(
              ServerSettings.loopback(0).withTls(tls),
              (principal, properties) -> {
                throw new IllegalStateException();
              },
              new Authenticator(new Users(List.of())),
              audit.log(),
              () -> true)
          .close();
      throw new AssertionError("the server has started");
    } catch (ServerStartException e) {
      return e;
    }
  }

  @Test
  void aKeystoreThatCannotBeUsedIsNamed() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.p12"), "no keystore");
    Keystore identity = certificates.keystore("server");
    assertThat(start(new Tls(new Keystore(broken, "changeit"), Optional.empty())))
        .hasMessageContaining("broken.p12 can't be read: is it PKCS12 or JKS");
    assertThat(start(new Tls(new Keystore(identity.file(), "wrong"), Optional.empty())))
        .hasMessageContaining("is the password right?");
    assertThat(start(new Tls(new Keystore(folder.resolve("no.p12"), ""), Optional.empty())))
        .hasMessageContaining("There is no readable keystore");
    assertThat(start(new Tls(certificates.truststore("authority"), Optional.empty())))
        .hasMessageContaining("holds no private key");
    assertThat(start(new Tls(identity, Optional.of(identity))))
        .hasMessageContaining("holds no certificate of an authority");
  }
}
