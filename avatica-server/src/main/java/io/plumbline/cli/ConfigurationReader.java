package io.plumbline.cli;

import io.plumbline.cli.ConfigurationDocument.Section;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.plan.CalendarRules;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.MaskSecret;
import io.plumbline.server.audit.AuditSettings;
import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.http.ServerSettings.Keystore;
import io.plumbline.server.http.ServerSettings.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the configuration of a server. Relative paths in it start at the folder of the file.
 * Passwords never stand in it: it says where they are.
 */
final class ConfigurationReader {

  static final int DEFAULT_PORT = 8765;

  private static final Set<String> KEYS =
      Set.of(
          "host",
          "port",
          "tls",
          "warehouse",
          "definitions",
          "policy",
          "users",
          "audit",
          "mask_key",
          "defaults");
  private static final Set<String> TLS_KEYS = Set.of("keystore", "password", "clients");
  private static final Set<String> CLIENTS_KEYS = Set.of("truststore", "password");
  private static final Set<String> WAREHOUSE_KEYS =
      Set.of("url", "user", "password", "pool_size", "connection_timeout", "statement_timeout");
  private static final Set<String> DEFAULTS_KEYS =
      Set.of("time_zone", "week_start", "fiscal_year_start", "currency", "as_of");
  private static final Set<String> AUDIT_KEYS = Set.of("folder", "rotate_at");
  private static final Set<String> PASSWORD_KEYS = Set.of("env", "file");
  private static final int SHORTEST_KEY = 16;

  private final Path folder;
  private final Map<String, String> environment;
  private final ConfigurationDocument document;

  private ConfigurationReader(Path file, Map<String, String> environment) {
    Path parent = file.toAbsolutePath().getParent();
    this.folder = parent == null ? Path.of("") : parent;
    this.environment = environment;
    this.document = new ConfigurationDocument(file.toString());
  }

  /**
   * Reads a file.
   *
   * @param environment where passwords may be
   * @throws ProblemsException with every problem of the file
   * @throws CommandFailure if there is no such file
   */
  static ServerConfiguration read(Path file, Map<String, String> environment)
      throws ProblemsException {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailure(
          "The configuration file " + file + " can't be read. Is the path right?", e);
    }
    return new ConfigurationReader(file, environment).configuration(text);
  }

  private ServerConfiguration configuration(String text) throws ProblemsException {
    Section top = document.read(text, KEYS);
    failOnProblemsIf(document.problems().stream().anyMatch(p -> p.what().startsWith("This is")));
    ServerSettings server = server(top);
    Optional<WarehouseSettings> warehouse = warehouse(top);
    RuleFiles rules =
        new RuleFiles(
            path(top, "definitions", "definitions: definitions"),
            path(top, "policy", "policy: policy.yaml"),
            path(top, "users", "users: users.yaml"));
    EngineDefaults defaults = defaults(top.section("defaults", DEFAULTS_KEYS));
    AuditSettings audit = audit(top.section("audit", AUDIT_KEYS));
    MaskSecret maskKey = maskKey(top);
    failOnProblemsIf(!document.problems().isEmpty());
    return new ServerConfiguration(
        server, warehouse.orElseThrow(), rules, defaults, audit, maskKey);
  }

  private AuditSettings audit(Section section) {
    AuditSettings settings =
        AuditSettings.in(folder.resolve(section.text("folder").orElse("audit")));
    return section
        .value("rotate_at", ConfigurationReader::bytes, "64MB")
        .map(settings::withRotateAt)
        .orElse(settings);
  }

  /** {@code 512KB}, {@code 64MB} or {@code 1GB}. */
  private static long bytes(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    long number = Long.parseLong(upper.substring(0, upper.length() - 2).strip());
    if (number < 1) {
      throw new IllegalArgumentException(text);
    }
    return switch (upper.substring(upper.length() - 2)) {
      case "KB" -> number << 10;
      case "MB" -> number << 20;
      case "GB" -> number << 30;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** One that nobody knows without the key: hashes then differ after each start. */
  private MaskSecret maskKey(Section top) {
    if (!top.has("mask_key")) {
      return MaskSecret.random();
    }
    Optional<String> key = secret(top, "mask_key");
    if (key.isPresent() && key.get().length() < SHORTEST_KEY) {
      document.report(
          top.place("mask_key"),
          "The key of masks has " + key.get().length() + " characters.",
          "Take at least " + SHORTEST_KEY + ", such as the output of: openssl rand -hex 32");
      return MaskSecret.random();
    }
    return key.map(MaskSecret::new).orElseGet(MaskSecret::random);
  }

  private void failOnProblemsIf(boolean failed) throws ProblemsException {
    if (failed) {
      throw new ProblemsException(document.problems());
    }
  }

  private ServerSettings server(Section top) {
    int port = top.value("port", ConfigurationReader::port, "8765").orElse(DEFAULT_PORT);
    ServerSettings settings =
        ServerSettings.loopback(port).withHost(top.text("host").orElse("127.0.0.1"));
    if (!top.has("tls")) {
      return settings;
    }
    Section tls = top.section("tls", TLS_KEYS);
    Keystore identity = keystore(tls, "keystore", "keystore: server.p12");
    Optional<Keystore> clients =
        tls.has("clients")
            ? Optional.of(
                keystore(
                    tls.section("clients", CLIENTS_KEYS), "truststore", "truststore: clients.p12"))
            : Optional.empty();
    return settings.withTls(new Tls(identity, clients));
  }

  private Keystore keystore(Section section, String key, String example) {
    return new Keystore(path(section, key, example), password(section).orElse(""));
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(text);
    }
    return port;
  }

  private Optional<WarehouseSettings> warehouse(Section top) {
    if (!top.has("warehouse")) {
      document.report(
          top.place(), "Key 'warehouse' is missing.", "Write its url, user and password under it.");
      return Optional.empty();
    }
    Section section = top.section("warehouse", WAREHOUSE_KEYS);
    Optional<String> url = section.required("url", "url: jdbc:postgresql://host:5432/database");
    Optional<String> user = section.required("user", "user: plumbline_reader");
    Optional<String> password = password(section);
    int poolSize = section.value("pool_size", ConfigurationReader::positive, "10").orElse(10);
    Duration connect = duration(section, "connection_timeout", Duration.ofSeconds(10));
    Duration statement = duration(section, "statement_timeout", Duration.ZERO);
    if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
      document.report(
          section.place("url"),
          "The warehouse must be a PostgreSQL.",
          "Write url: jdbc:postgresql://host:5432/database.");
    }
    if (!document.problems().isEmpty() || url.isEmpty() || user.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WarehouseSettings(url.get(), user.get(), password.get(), poolSize, connect, statement));
  }

  private static int positive(String text) {
    int number = Integer.parseInt(text);
    if (number < 1) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static Duration duration(Section section, String key, Duration otherwise) {
    return section.value(key, ConfigurationReader::duration, "30s or 5m").orElse(otherwise);
  }

  /** {@code 30s}, {@code 5m} or {@code 1h}. */
  private static Duration duration(String text) {
    return Duration.parse("PT" + text.strip().toUpperCase(Locale.ROOT));
  }

  // ---- passwords ----

  private Optional<String> password(Section section) {
    return secret(section, "password");
  }

  private Optional<String> secret(Section section, String key) {
    String remedy = "Write " + key + ": {env: NAME} or " + key + ": {file: PATH}.";
    String what = key.equals("password") ? "A password" : "A key";
    if (!section.isSection(key)) {
      document.report(
          section.place(key),
          section.has(key)
              ? what + " must not stand in this file."
              : "Key '" + key + "' is missing.",
          remedy);
      return Optional.empty();
    }
    Section source = section.section(key, PASSWORD_KEYS);
    if (source.has("env") == source.has("file")) {
      document.report(source.place(), what + " comes from one place.", remedy);
      return Optional.empty();
    }
    return source.has("env") ? fromEnvironment(source) : fromFile(source);
  }

  private Optional<String> fromEnvironment(Section source) {
    Optional<String> name = source.text("env");
    Optional<String> value = name.map(environment::get);
    if (name.isPresent() && value.isEmpty()) {
      document.report(
          source.place("env"),
          "The environment variable " + name.get() + " is not set.",
          "Export it before the start.");
    }
    return value;
  }

  private Optional<String> fromFile(Section source) {
    Optional<Path> file = source.text("file").map(folder::resolve);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file.get()).strip());
    } catch (IOException e) {
      missing(source.place("file"), file.get());
      return Optional.empty();
    }
  }

  // ---- files ----

  private Path path(Section section, String key, String example) {
    Path path = folder.resolve(section.required(key, example).orElse(""));
    if (section.has(key) && !Files.isReadable(path)) {
      missing(section.place(key), path);
    }
    return path;
  }

  private void missing(Position at, Path path) {
    document.report(at, "There is no readable " + path + ".", "Paths start at " + folder + ".");
  }

  // ---- defaults ----

  private static EngineDefaults defaults(Section section) {
    EngineDefaults standard = EngineDefaults.STANDARD;
    ZoneId zone =
        section.value("time_zone", ZoneId::of, "Europe/Berlin").orElse(standard.timeZone());
    DayOfWeek week =
        section
            .value("week_start", name -> DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT)), "monday")
            .orElse(standard.calendar().weekStart());
    Month year =
        section
            .value(
                "fiscal_year_start", name -> Month.valueOf(name.toUpperCase(Locale.ROOT)), "july")
            .orElse(standard.calendar().fiscalYearStart());
    String currency =
        section.value("currency", ConfigurationReader::currency, "EUR").orElse(standard.currency());
    Optional<LocalDate> asOf = section.value("as_of", LocalDate::parse, "2026-02-28");
    return new EngineDefaults(zone, asOf, new CalendarRules(week, year), currency);
  }

  private static String currency(String text) {
    if (!List.of(3).contains(text.length()) || !text.chars().allMatch(Character::isLetter)) {
      throw new IllegalArgumentException(text);
    }
    return text.toUpperCase(Locale.ROOT);
  }

  /** A problem of a file that is not about a place in it. */
  static Problem problemOf(Path file, String what, String remedy) {
    return new Problem(new Position(file.toString(), 1, 1), what, remedy);
  }
}
