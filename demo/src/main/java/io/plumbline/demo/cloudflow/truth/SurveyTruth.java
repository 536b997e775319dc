package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.history.Segment;
import io.plumbline.demo.cloudflow.usage.Survey;
import io.plumbline.demo.cloudflow.usage.Survey.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * NPS and its bands: the latest valid response of each user who has not left, as of the end of
 * every period.
 */
final class SurveyTruth {
  private static final int DIGITS = 12;

  private final List<Response> valid;

  SurveyTruth(Survey survey) {
    this.valid =
        survey.responses().stream()
            .filter(response -> response.isValid() && !response.workspace().account().isExcluded())
            .toList();
  }

  void collect(MetricTable table) {
    for (Period period : Period.all()) {
      table.add(period.grain(), period.start(), MetricTable.ALL, values(period, response -> true));
      for (Segment segment : Segment.values()) {
        table.add(
            period.grain(),
            period.start(),
            segment.label(),
            values(period, response -> response.workspace().account().segment() == segment));
      }
    }
  }

  /** Promoters, passives and detractors. */
  private static final class Score {
    private int promoters;
    private int passives;
    private int detractors;

    void add(Response response) {
      int score = response.score().orElse(-1);
      if (score >= 9) {
        promoters++;
      } else if (score >= 7) {
        passives++;
      } else {
        detractors++;
      }
    }

    int count() {
      return promoters + passives + detractors;
    }

    BigDecimal hundredfold() {
      return BigDecimal.valueOf(100L * (promoters - detractors));
    }

    BigDecimal value() {
      return hundredfold().divide(BigDecimal.valueOf(count()), DIGITS, RoundingMode.HALF_UP);
    }
  }

  private MetricValues values(Period period, Predicate<Response> condition) {
    Map<Long, Response> latest = new LinkedHashMap<>();
    Score inPeriod = new Score();
    for (Response response : valid) {
      if (!condition.test(response) || response.at() >= period.to()) {
        continue;
      }
      if (period.covers(response.at())) {
        inPeriod.add(response);
      }
      if (response.leftAt() >= period.to()) {
        latest.put(response.userId(), response);
      }
    }
    MetricValues values = new MetricValues();
    putScore(values, latest.values());
    putAccounts(values, latest.values());
    values.put("responses", inPeriod.count());
    values.ratio("nps_of_responses", inPeriod.hundredfold(), BigDecimal.valueOf(inPeriod.count()));
    return values;
  }

  private static void putScore(MetricValues values, Collection<Response> responses) {
    Score score = new Score();
    responses.forEach(score::add);
    values.ratio("nps", score.hundredfold(), BigDecimal.valueOf(score.count()));
    values
        .put("respondents", score.count())
        .put("promoters", score.promoters)
        .put("passives", score.passives)
        .put("detractors", score.detractors);
  }

  private static void putAccounts(MetricValues values, Collection<Response> responses) {
    Map<Integer, Score> accounts = new HashMap<>();
    responses.forEach(
        response ->
            accounts
                .computeIfAbsent(response.workspace().account().id(), id -> new Score())
                .add(response));
    BigDecimal sum = BigDecimal.ZERO;
    long[] bands = new long[4];
    for (Score score : accounts.values()) {
      sum = sum.add(score.value());
      bands[band(score.value().doubleValue())]++;
    }
    values
        .put("nps_accounts", accounts.size())
        .ratio("avg_account_nps", sum, BigDecimal.valueOf(accounts.size()));
    values
        .put("world_class_accounts", bands[0])
        .put("excellent_accounts", bands[1])
        .put("good_accounts", bands[2])
        .put("poor_accounts", bands[3]);
  }

  private static int band(double nps) {
    return nps > 70 ? 0 : nps >= 50 ? 1 : nps >= 0 ? 2 : 3;
  }
}
