package io.plumbline.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema for editors and the reader agree on what a users file may look like. */
final class UsersSchemaTest {

  private static final Schema SCHEMA = schema();
  private static final String PASSWORD = PasswordHash.of("pw").toString();
  private static final String TOKEN = TokenHash.of("plumbline_x").toString();

  private static String file(String users) {
    return users.replace("PASSWORD", PASSWORD).replace("TOKEN", TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users: []",
        "users: [{name: ana, password: PASSWORD}]",
        "users: [{name: ana, password: PASSWORD, roles: [a, b], attributes: {team: 7, x: y}}]",
        "users: [{name: ana, tokens: [{label: etl, hash: TOKEN}]}]",
        "users: [{name: ana, tokens: [{label: etl, hash: TOKEN, expires: 2027-01-31}]}]",
        "users: [{name: ana, certificates: ['CN=ana, O=Example']}]"
      })
  void soundFilesAreTakenByBoth(String users) throws Exception {
    assertThat(errors(file(users))).isEmpty();
    assertThat(UsersFile.parse("users.yaml", file(users))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user: []",
        "users: {name: ana}",
        "users: [{name: ana}]",
        "users: [{password: PASSWORD}]",
        "users: [{name: 'a:b', password: PASSWORD}]",
        "users: [{name: ' ', password: PASSWORD}]",
        "users: [{name: ana, password: secret}]",
        "users: [{name: ana, pasword: PASSWORD}]",
        "users: [{name: ana, password: PASSWORD, roles: analyst}]",
        "users: [{name: ana, password: PASSWORD, attributes: {team: [a]}}]",
        "users: [{name: ana, tokens: []}]",
        "users: [{name: ana, tokens: [{hash: TOKEN}]}]",
        "users: [{name: ana, tokens: [{label: etl, hash: plumbline_x}]}]",
        "users: [{name: ana, tokens: [{label: etl, hash: TOKEN, expires: soon}]}]",
        "users: [{name: ana, tokens: [{label: etl, hash: TOKEN, ends: 2027-01-31}]}]",
        "users: [{name: ana, certificates: [ana]}]"
      })
  void othersAreRefusedByBoth(String users) {
    assertThat(errors(file(users))).isNotEmpty();
    assertThatThrownBy(() -> UsersFile.parse("users.yaml", file(users)))
        .isInstanceOf(UsersFileException.class)
        .hasMessageContaining("users.yaml:1:");
  }

  private static List<com.networknt.schema.Error> errors(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML);
  }

  private static Schema schema() {
    try (InputStream in = UsersFile.class.getResourceAsStream("plumbline-users.schema.json")) {
      assertThat(in).isNotNull();
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
