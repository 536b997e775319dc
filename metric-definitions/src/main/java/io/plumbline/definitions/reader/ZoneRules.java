package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Reads the key {@code zone}: {@code stored} where the source column is an instant, the name of a
 * zone, or {@code {expr: SQL that gives the name}}.
 */
final class ZoneRules {

  private static final String STORED = "stored";

  private ZoneRules() {}

  static Optional<ZoneRule> read(Fields fields) {
    Optional<YamlNode> node = fields.node("zone");
    if (node.orElse(null) instanceof YamlNode.Mapping mapping) {
      return expression(new Fields(fields.what() + ": 'zone'", mapping, fields.problems()));
    }
    return fields.name("zone").flatMap(zone -> named(fields, zone));
  }

  private static Optional<ZoneRule> expression(Fields zone) {
    String remedy = "Write an SQL expression that gives the name of the zone.";
    Optional<Expression> expression = zone.required("expr", zone.expression("expr"), remedy);
    zone.rejectUnknownKeys();
    return expression.map(e -> new ZoneRule(Optional.of(e), e.at()));
  }

  private static Optional<ZoneRule> named(Fields fields, Name zone) {
    if (zone.text().equals(STORED)) {
      return Optional.of(new ZoneRule(Optional.empty(), zone.at()));
    }
    if (!ZoneId.getAvailableZoneIds().contains(zone.text())) {
      fields
          .problems()
          .add(
              zone.at(),
              "%s has the unknown time zone '%s'.".formatted(fields.what(), zone),
              "Write `stored` if the source column is a timestamptz, a name such as"
                  + " America/Los_Angeles, or {expr: SQL that gives the name}.");
      // As if it were right: its column is not without a rule.
      return Optional.of(new ZoneRule(Optional.empty(), zone.at()));
    }
    // The name of a known zone holds no quote.
    Expression literal = new Expression("'" + zone.text() + "'", zone.at());
    return Optional.of(new ZoneRule(Optional.of(literal), zone.at()));
  }
}
