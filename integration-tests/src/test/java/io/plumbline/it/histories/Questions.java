package io.plumbline.it.histories;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** What is asked of a world: every grain, ranges that begin and end anywhere, three zones. */
final class Questions {

  private static final List<String> MOVEMENTS =
      List.of(
          "opening_mrr",
          "mrr",
          "new_mrr",
          "reactivation_mrr",
          "expansion_mrr",
          "contraction_mrr",
          "churned_mrr",
          "fx_impact",
          "net_new_mrr",
          "transfer_mrr",
          "opening_customers",
          "paying_customers",
          "new_customers",
          "reactivated_customers",
          "expanding_customers",
          "contracting_customers",
          "churned_customers",
          "ndr",
          "grr",
          "logo_churn_rate");

  private static final List<String> TRAILING =
      List.of(
          "cohort_opening_mrr_t12m",
          "cohort_accounts_t12m",
          "ndr_t12m",
          "grr_t12m",
          "revenue_churn_t12m",
          "logo_retention_t12m");

  private static final List<String> ACTIVITY =
      List.of(
          "new_mrr_activity",
          "reactivation_mrr_activity",
          "expansion_mrr_activity",
          "contraction_mrr_activity",
          "churned_mrr_activity",
          "fx_impact_activity",
          "new_activity",
          "reactivation_activity",
          "expansion_activity",
          "contraction_activity",
          "churned_activity");

  private final Random random;

  Questions(long seed) {
    this.random = new Random(seed);
  }

  List<Question> all() {
    List<Question> questions = new ArrayList<>();
    for (String grain : List.of("day", "week", "month", "quarter", "year", "")) {
      questions.add(ask(grain, false, known(1), concat(MOVEMENTS, TRAILING)));
      questions.add(ask(grain, true, known(3), concat(MOVEMENTS, TRAILING)));
      questions.add(ask(grain, true, known(3), TRAILING));
    }
    questions.add(ask("month", false, known(2), concat(MOVEMENTS, ACTIVITY)));
    questions.add(ask("quarter", false, known(2), ACTIVITY));
    return questions;
  }

  private static List<String> concat(List<String> a, List<String> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  private Optional<Instant> known(int oneIn) {
    return random.nextInt(oneIn + 1) < oneIn
        ? Optional.empty()
        : Optional.of(
            LocalDate.of(2025, 6, 1)
                .plusDays(random.nextInt(200))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant());
  }

  private Question ask(
      String grain, boolean byManager, Optional<Instant> knownAt, List<String> metrics) {
    int longest = grain.equals("day") ? 45 : grain.equals("week") ? 250 : 600;
    LocalDate from = LocalDate.of(2024, 2, 1).plusDays(random.nextInt(690 - longest));
    LocalDate to = from.plusDays(20 + random.nextInt(longest - 20));
    return new Question(
        grain.isEmpty() ? Optional.empty() : Optional.of(grain),
        from,
        to.isAfter(World.AS_OF) ? World.AS_OF : to,
        List.of(ZoneId.of("UTC"), ZoneId.of("America/New_York"), ZoneId.of("Europe/Berlin"))
            .get(random.nextInt(3)),
        byManager,
        knownAt,
        metrics);
  }
}
