package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.http.ServerSettings.Tls;
import io.plumbline.server.http.ServerStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {

  @TempDir Path folder;

  private Path keystore() throws Exception {
    Path keystore = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storepass",
                "changeit",
                "-keystore",
                keystore.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return keystore;
  }

  @Test
  void servesOverTlsWithAKeystore() throws Exception {
    Path keystore = keystore();
    ServerSettings settings = ServerSettings.loopback(17308).withTls(new Tls(keystore, "changeit"));
    try (TestServer test = new TestServer(settings)) {
      assertThat(test.server().url()).startsWith("https://");
      Properties properties = new Properties();
      properties.putAll(
          Map.of(
              "user", "ana",
              "password", "ana-pw",
              "truststore", keystore.toString(),
              "truststore_password", "changeit"));
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:avatica:remote:url=" + test.server().url(), properties);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select 'sealed'")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("sealed");
      }
    }
  }

  @Test
  void anUnreadableKeystoreIsNamed() throws Exception {
    Path keystore = Files.writeString(folder.resolve("broken.p12"), "no keystore");
    try (TemporaryAudit audit = TemporaryAudit.open()) {
      assertThatThrownBy(
              () ->
                  PlumblineServer.start(
                      ServerSettings.loopback(17309).withTls(new Tls(keystore, "changeit")),
                      (principal, properties) -> {
                        throw new IllegalStateException();
                      },
                      new Authenticator(new Users(List.of())),
                      audit.log(),
                      () -> true))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("the server does not start");
    }
  }
}
