package io.plumbline.engine;

import io.plumbline.definitions.DefinitionFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * An engine over a company of five shops, small enough to work out by hand: one YAML file over
 * tables of its own. Today is the last day of April 2025.
 */
public final class Bakery extends TestEngine {

  static final String SCHEMA = "bakery";

  Bakery(TestWarehouse postgres) {
    this(postgres, new OpenGovernor());
  }

  /** Another engine over the same tables. */
  Bakery(TestWarehouse postgres, Governor governor) {
    super(postgres.with(SCHEMA, text("bakery.sql")), List.of(definitions()), asOf(), governor);
  }

  static LocalDate asOf() {
    return LocalDate.of(2025, 4, 30);
  }

  public static DefinitionFile definitions() {
    return new DefinitionFile("bakery.yaml", text("bakery.yaml"));
  }

  private static String text(String name) {
    try (InputStream in = Bakery.class.getResourceAsStream("/bakery/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
