package io.plumbline.it.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.mutants.Mutant;
import io.plumbline.it.mutants.Mutant.Edit;
import io.plumbline.it.mutants.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules of evaluation, switched off one at a time: the histories must tell each of them. Run by
 * {@code mvn verify -Pmutants}.
 */
@Tag("mutants")
class MutantsTest {

  private static final String SEED = "1";
  private static final String HISTORIES = "60";
  private static final Suite SUITE =
      new Suite(HistoriesRun.class.getName(), List.of(SEED, HISTORIES));

  static List<Mutant> mutants() {
    return List.of(
        new Mutant(
            "left limit",
            "semantic-core",
            "engine.plan.Bucket",
            "day.atStartOfDay(zone).toInstant().toString()",
            "day.atStartOfDay(zone).toInstant().plusNanos(1000).toString()"),
        new Mutant(
            "netting per account",
            List.of(
                new Edit(
                    "semantic-core",
                    "engine.plan.StateEvaluation",
                    "plan.sums(perEntity, List.of(DELTA));",
                    ""),
                new Edit(
                    "semantic-core",
                    "engine.plan.EntityChanges",
                    "plan.sumWithin(plan.field(DELTA), peers)",
                    "plan.field(DELTA)"))),
        new Mutant(
            "first paid at any instant",
            "semantic-core",
            "engine.plan.EntityChanges",
            "new Named(FIRST, isOne(rank))",
            "new Named(FIRST, isOne(plan.number(1)))"),
        new Mutant(
            "movements at the opening rate",
            "semantic-core",
            "engine.plan.StateValues",
            "new Term(of(Change.EXPANSION), OPENING_RATE)",
            "new Term(of(Change.EXPANSION), CLOSING_RATE)"),
        new Mutant(
            "cut of the range",
            "semantic-core",
            "engine.plan.RangeResolver",
            "periods.add(new Period(bucket, from, to, true,",
            "periods.add(new Period(bucket, bucket, next, true,"),
        new Mutant(
            "shift of twelve months",
            "semantic-core",
            "engine.plan.TrailingEvaluation",
            "day.minusMonths(months)",
            "day.minusMonths(0L * months)"),
        new Mutant(
            "deduplication",
            "semantic-core",
            "engine.plan.DatasetRows",
            "if (dataset.definition().deduplicate()) {",
            "if (false) {"));
  }

  @TempDir private Path folder;

  @Test
  void theEngineAsItIsAgrees() throws Exception {
    Suite.Outcome outcome = SUITE.run(folder, Optional.empty());
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aRuleThatIsSwitchedOffIsNoticed(Mutant mutant, TestReporter reporter) throws Exception {
    Suite.Outcome outcome = mutant.run(SUITE, folder);
    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(Suite.NOTICED);
    outcome
        .output()
        .lines()
        .filter(line -> line.startsWith("seed "))
        .findFirst()
        .ifPresent(question -> reporter.publishEntry(mutant.rule(), question));
  }
}
