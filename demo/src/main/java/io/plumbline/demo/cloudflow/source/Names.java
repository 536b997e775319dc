package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import java.util.List;
import java.util.Locale;

/** Names and places of accounts and people, drawn from their number. */
final class Names {
  private static final List<String> HEADS =
      List.of(
          "Alder",
          "Beacon",
          "Cedar",
          "Delta",
          "Ember",
          "Fjord",
          "Granite",
          "Harbor",
          "Indigo",
          "Juniper",
          "Kestrel",
          "Lumen",
          "Meridian",
          "Nimbus",
          "Orchard",
          "Pioneer",
          "Quartz",
          "Raven",
          "Summit",
          "Tidal",
          "Umber",
          "Vertex",
          "Willow",
          "Zephyr");
  private static final List<String> TAILS =
      List.of(
          "Analytics",
          "Bank",
          "Clinics",
          "Design",
          "Energy",
          "Foods",
          "Games",
          "Health",
          "Insurance",
          "Labs",
          "Logistics",
          "Media",
          "Motors",
          "Networks",
          "Partners",
          "Retail",
          "Robotics",
          "Software",
          "Studios",
          "Systems",
          "Telecom",
          "Travel");
  private static final List<String> INDUSTRIES =
      List.of(
          "Software",
          "Finance",
          "Healthcare",
          "Retail",
          "Manufacturing",
          "Media",
          "Education",
          "Logistics");
  private static final List<String> FIRST =
      List.of(
          "Amara", "Bruno", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hiro", "Ines", "Jonas",
          "Kofi", "Lena", "Marta", "Nadia", "Omar", "Priya", "Quinn", "Rosa", "Sven", "Tomas",
          "Uma", "Viktor", "Wen", "Yusuf", "Zoe");
  private static final List<String> LAST =
      List.of(
          "Abebe",
          "Bauer",
          "Costa",
          "Dubois",
          "Eriksen",
          "Fischer",
          "Garcia",
          "Haddad",
          "Ivanov",
          "Jansen",
          "Kim",
          "Lopez",
          "Moreau",
          "Nakamura",
          "Okafor",
          "Petrov",
          "Rossi",
          "Silva",
          "Tanaka",
          "Weber",
          "Young",
          "Zhang");
  private static final List<Place> AMERICA =
      List.of(
          new Place("NA", "US"),
          new Place("NA", "US"),
          new Place("NA", "CA"),
          new Place("LATAM", "BR"));
  private static final List<Place> EURO =
      List.of(
          new Place("EMEA", "DE"),
          new Place("EMEA", "FR"),
          new Place("EMEA", "ES"),
          new Place("EMEA", "NL"));

  private final long seed;

  Names(long seed) {
    this.seed = seed;
  }

  /** Region and ISO country. */
  record Place(String region, String country) {}

  String account(Account account) {
    Dice dice = Dice.of(seed, "account name", account.id());
    return dice.pick(HEADS) + " " + dice.pick(TAILS) + " " + account.id();
  }

  String domain(Account account) {
    return account(account).toLowerCase(Locale.ROOT).replace(" ", "-") + ".example";
  }

  String industry(Account account) {
    return Dice.of(seed, "industry", account.id()).pick(INDUSTRIES);
  }

  Place place(Account account) {
    Dice dice = Dice.of(seed, "place", account.id());
    return switch (account.currency()) {
      case EUR -> dice.pick(EURO);
      case GBP -> new Place("EMEA", "GB");
      case JPY -> new Place("APAC", "JP");
      case USD ->
          dice.chance(0.12)
              ? new Place("APAC", dice.chance(0.5) ? "AU" : "SG")
              : dice.pick(AMERICA);
    };
  }

  String person(String kind, long id) {
    Dice dice = Dice.of(seed, kind, id);
    return dice.pick(FIRST) + " " + dice.pick(LAST);
  }
}
