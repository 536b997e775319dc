package io.plumbline.demo.cloudflow.usage;

import java.time.LocalDate;
import java.util.Locale;

/** A feature of the product, from the most used to the least. */
public enum Feature {
  BOARDS("starter", 2019),
  DOCS("starter", 2019),
  REPORTS("starter", 2020),
  AUTOMATIONS("team", 2020),
  INTEGRATIONS("team", 2021),
  TIMELINE("team", 2021),
  FORMS("team", 2022),
  API("business", 2020),
  GOALS("business", 2022),
  GUEST_ACCESS("business", 2021),
  SSO("enterprise", 2021),
  AUDIT_LOG("enterprise", 2022);

  private final String minTier;
  private final int releasedIn;

  Feature(String minTier, int releasedIn) {
    this.minTier = minTier;
    this.releasedIn = releasedIn;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String label() {
    return name().charAt(0) + key().substring(1).replace('_', ' ');
  }

  public String minTier() {
    return minTier;
  }

  public LocalDate releasedOn() {
    return LocalDate.of(releasedIn, 6, 1);
  }
}
