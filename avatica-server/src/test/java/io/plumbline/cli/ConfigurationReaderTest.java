package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.definitions.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("DB_PASSWORD", "secret");
  private static final String WAREHOUSE =
      """
      warehouse:
        url: jdbc:postgresql://db:5432/warehouse
        user: reader
        password: {env: DB_PASSWORD}
      """;
  private static final String FILES =
      """
      definitions: definitions
      policy: policy.yaml
      users: users.yaml
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void createFiles() throws IOException {
    Files.createDirectory(folder.resolve("definitions"));
    Files.writeString(folder.resolve("policy.yaml"), "roles: []");
    Files.writeString(folder.resolve("users.yaml"), "users: []");
  }

  private ServerConfiguration read(String text) throws IOException, ProblemsException {
    Path file = Files.writeString(folder.resolve("plumbline.yaml"), text);
    return ConfigurationReader.read(file, ENVIRONMENT);
  }

  private List<String> problems(String text) throws IOException {
    try {
      read(text);
      return List.of();
    } catch (ProblemsException e) {
      String prefix = folder.resolve("plumbline.yaml") + ":";
      return e.problems().stream()
          .map(Problem::toString)
          .map(problem -> problem.replace(prefix, ""))
          .toList();
    }
  }

  @Test
  void whatIsNotWrittenHasADefault() throws Exception {
    ServerConfiguration configuration = read(WAREHOUSE + FILES);
    assertThat(configuration.server().host()).isEqualTo("127.0.0.1");
    assertThat(configuration.server().port()).isEqualTo(8765);
    assertThat(configuration.server().tls()).isEmpty();
    assertThat(configuration.warehouse().password()).isEqualTo("secret");
    assertThat(configuration.warehouse().poolSize()).isEqualTo(10);
    assertThat(configuration.defaults().timeZone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(configuration.rules().policy()).isEqualTo(folder.resolve("policy.yaml"));
  }

  @Test
  void everythingCanBeWritten() throws Exception {
    Files.writeString(folder.resolve("db-password"), "from a file\n");
    Files.writeString(folder.resolve("server.p12"), "keys");
    ServerConfiguration configuration =
        read(
            """
            host: 0.0.0.0
            port: 9000
            tls:
              keystore: server.p12
              password: {env: DB_PASSWORD}
              clients: {truststore: server.p12, password: {env: DB_PASSWORD}}
            warehouse:
              url: jdbc:postgresql://db:5432/warehouse
              user: reader
              password: {file: db-password}
              pool_size: 3
              connection_timeout: 2s
              statement_timeout: 5m
            defaults: {time_zone: Europe/Berlin, week_start: sunday, currency: eur}
            """
                + FILES);
    assertThat(configuration.server().tls())
        .hasValueSatisfying(tls -> assertThat(tls.clients()).isPresent());
    assertThat(configuration.warehouse().password()).isEqualTo("from a file");
    assertThat(configuration.warehouse().statementTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(configuration.defaults().calendar().weekStart()).isEqualTo(DayOfWeek.SUNDAY);
    assertThat(configuration.defaults().currency()).isEqualTo("EUR");
  }

  @Test
  void allProblemsAreToldTogetherWithTheirPlaces() throws Exception {
    assertThat(
            problems(
                """
                prot: 8765
                warehouse:
                  url: jdbc:mysql://db/warehouse
                  user: reader
                  password: secret
                  pool_size: none
                definitions: definitions
                policy: nowhere.yaml
                defaults: {time_zone: Berlin}
                """))
        .anyMatch(p -> p.equals("1:1: Unknown key 'prot' in the file. Did you mean 'port'?"))
        .anyMatch(p -> p.startsWith("3:8: The warehouse must be a PostgreSQL."))
        .anyMatch(p -> p.startsWith("5:13: A password must not stand in this file."))
        .anyMatch(p -> p.startsWith("6:14: 'none' is no value for 'pool_size'."))
        .anyMatch(p -> p.startsWith("8:9: There is no readable "))
        .anyMatch(p -> p.startsWith("9:23: 'Berlin' is no value for 'time_zone'."))
        .anyMatch(p -> p.startsWith("1:1: Key 'users' is missing in the file."))
        .hasSize(7);
  }

  @Test
  void whatTlsNeedsIsSaid() throws Exception {
    assertThat(problems(WAREHOUSE + FILES + "tls: {keystore: no.p12, clients: {trust: ca.p12}}\n"))
        .anyMatch(p -> p.contains("There is no readable " + folder.resolve("no.p12")))
        .anyMatch(
            p -> p.contains("Unknown key 'trust' in 'clients'. Known are: password, truststore."))
        .anyMatch(p -> p.contains("Key 'truststore' is missing in 'clients'."))
        .filteredOn(p -> p.contains("Key 'password' is missing"))
        .hasSize(2);
  }

  @Test
  void aVariableThatIsNotSetIsNamed() throws Exception {
    assertThat(problems(WAREHOUSE.replace("DB_PASSWORD", "DB_PASWORD") + FILES))
        .containsExactly(
            "4:19: The environment variable DB_PASWORD is not set. Export it before the start.");
  }

  @Test
  void brokenYamlIsOneProblemWithItsPlace() throws Exception {
    assertThat(problems("host: [a\nport: 1\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem).matches("2:5: This is not YAML: .*"));
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> ConfigurationReader.read(folder.resolve("no.yaml"), ENVIRONMENT))
        .withMessageContaining("no.yaml can't be read");
  }
}
