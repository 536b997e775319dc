package io.plumbline.server.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.BuiltInConnectionProperty;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a client opens a connection with. Only known ones are taken: a misspelt
 * setting must not silently leave numbers in another zone or currency.
 *
 * @param asUser for whom a service account asks
 * @param settings session settings by lower-case name
 */
record OpenProperties(
    Optional<String> user,
    Optional<String> password,
    Optional<String> asUser,
    Map<String, String> settings) {

  private static final Set<String> SETTINGS =
      Set.of("time_zone", "as_of", "known_at", "week_start", "fiscal_year_start", "currency");

  /** What tools send of their own accord, for other databases or for logs. */
  private static final Set<String> IGNORED =
      Set.of(
          "applicationname",
          "application_name",
          "autocommit",
          "clientprogramname",
          "connecttimeout",
          "defaultrowfetchsize",
          "includesynonyms",
          "logintimeout",
          "program_name",
          "readonly",
          "remarks",
          "remarksreporting",
          "sockettimeout",
          "useinformationschema",
          AvaticaConnection.NUM_EXECUTE_RETRIES_KEY);

  OpenProperties {
    settings = Map.copyOf(settings);
  }

  static OpenProperties of(@Nullable Map<String, String> info) {
    Map<String, String> settings = new TreeMap<>();
    Optional<String> user = Optional.empty();
    Optional<String> password = Optional.empty();
    Optional<String> asUser = Optional.empty();
    for (Map.Entry<String, String> property :
        (info == null ? Map.<String, String>of() : info).entrySet()) {
      String name = property.getKey().toLowerCase(Locale.ROOT);
      String value = property.getValue() == null ? "" : property.getValue();
      if (name.equals("user")) {
        user = Optional.of(value);
      } else if (name.equals("password")) {
        password = Optional.of(value);
      } else if (name.equals("as_user")) {
        asUser = Optional.of(value);
      } else if (SETTINGS.contains(name)) {
        settings.put(name, value);
      } else {
        failUnlessIgnored(property.getKey(), name);
      }
    }
    return new OpenProperties(user, password, asUser, settings);
  }

  private static void failUnlessIgnored(String written, String name) {
    if (!IGNORED.contains(name) && !BuiltInConnectionProperty.isLocalProperty(written)) {
      throw Refusal.of(
          "22023",
          "unknown connection property '"
              + written
              + "'; known are user, password, as_user, "
              + String.join(", ", new TreeSet<>(SETTINGS)));
    }
  }
}
