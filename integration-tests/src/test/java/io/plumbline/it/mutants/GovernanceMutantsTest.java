package io.plumbline.it.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.mutants.Mutant.Edit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules of governance, switched off one at a time: a suite must tell each of them. Run by {@code
 * mvn verify -Pmutants}.
 */
@Tag("mutants")
class GovernanceMutantsTest {

  private static final Suite POLICIES = Suite.ofTests("io.plumbline.it.policies.PoliciesTest");
  private static final Suite GOVERNING = Suite.ofTests("io.plumbline.engine.plan.GoverningTest");
  private static final Suite FENCE = Suite.ofTests("io.plumbline.it.attacks.FenceTest");
  private static final Suite SECURITY = Suite.ofTests("io.plumbline.server.SecurityTest");

  private static final Suite JOINS = Suite.ofTests("io.plumbline.masking.EntitledJoinsTest");
  private static final Suite DENIED = Suite.ofTests("io.plumbline.it.DeniedAggregatesTest");
  private static final Suite NAMES = Suite.ofTests("io.plumbline.it.attacks.HiddenNamesTest");
  private static final Suite LIMITS = Suite.ofTests("io.plumbline.engine.QueryLimitsTest");

  private static final Suite SMALL_GROUPS =
      Suite.ofTests("io.plumbline.it.attacks.SmallGroupsTest");
  private static final Suite BENCHMARK = Suite.ofTests("io.plumbline.it.attacks.BenchmarkTest");

  private static final String EXPRESSIONS = "masking.MaskExpressions";

  static Stream<Suite> suites() {
    return Stream.of(
        POLICIES,
        FENCE,
        GOVERNING,
        SECURITY,
        SMALL_GROUPS,
        BENCHMARK,
        JOINS,
        DENIED,
        NAMES,
        LIMITS);
  }

  static Stream<Arguments> mutants() {
    return Stream.of(
            masks().map(mutant -> Arguments.of(mutant, POLICIES)),
            rows().map(mutant -> Arguments.of(mutant, POLICIES)),
            groups().map(mutant -> Arguments.of(mutant, SMALL_GROUPS)),
            benchmarks().map(mutant -> Arguments.of(mutant, BENCHMARK)),
            Stream.of(Arguments.of(joinedTable(), JOINS)),
            limits().map(mutant -> Arguments.of(mutant, LIMITS)),
            Stream.of(Arguments.of(deniedAggregates(), DENIED)),
            Stream.of(Arguments.of(deniedSchemas(), NAMES)),
            Stream.of(Arguments.of(fence(), FENCE)),
            Stream.of(Arguments.of(ungovernedScans(), GOVERNING)),
            Stream.of(Arguments.of(ownership(), SECURITY)))
        .flatMap(s -> s);
  }

  private static Stream<Mutant> masks() {
    return Stream.of(
        mask("redact", "return text(REDACTED);"),
        mask(
            "nullify",
            "return mask instanceof MaskPolicy.None ? value : rex.makeNullLiteral(type);"),
        mask("hash_sha256", "return hash(value, type);"),
        mask("show_last_4", "return part(RIGHT, last.characters(), value, type);"),
        mask("show_first_4", "return part(LEFT, first.characters(), value, type);"),
        mask("email_domain", "return domain(value, type);"),
        mask("date_year", "return year(value, type);"),
        mask("bucket", "return bucket(value, bucket.size(), type);"),
        new Mutant(
            "expression",
            "masking",
            "masking.ScanMasks",
            "RexNode expression = conditions.expression(custom.expression(), target.table());",
            "RexNode expression = value;"));
  }

  private static Mutant mask(String name, String shown) {
    return new Mutant(name, "masking", EXPRESSIONS, shown, "return value;");
  }

  private static Stream<Mutant> rows() {
    return Stream.of(
        inSubqueries(),
        new Mutant(
            "roles in the key of the cache",
            "semantic-core",
            "engine.EngineSession",
            """
            sql,
                    principal,
                    settings(),""",
            """
            sql,
                    new Principal(principal.name(), java.util.Set.of(), principal.attributes()),
                    settings(),"""));
  }

  private static Stream<Mutant> groups() {
    return Stream.of(
        group("threshold of groups", "plan.number(least));", "plan.number(0));"),
        // Each of the two rules covers most of what the other does.
        new Mutant(
            "complements of small groups",
            List.of(
                new Edit(
                    "semantic-core",
                    "engine.plan.SmallGroups",
                    "any(reasons))",
                    "plan.rexBuilder().makeLiteral(false))"),
                new Edit(
                    "semantic-core",
                    "engine.plan.SmallGroups",
                    "isSome(plan.minus(plan.field(all(field)), plan.field(field)))",
                    "plan.rexBuilder().makeLiteral(false)"))),
        group("one dimension", ".count()\n        > 1", ".count()\n        > 9"),
        group(
            "plain conditions", "!context.filters().stream().allMatch(this::isOneGroup)", "false"),
        group("one Aggregate", "if (used) {", "if (false) {"));
  }

  private static Mutant group(String rule, String find, String replace) {
    return new Mutant(rule, "semantic-core", "engine.plan.SmallGroups", find, replace);
  }

  private static Stream<Mutant> benchmarks() {
    return Stream.of(
        new Mutant(
            "benchmark of the metrics granted",
            "semantic-core",
            "engine.plan.Benchmarks",
            "if (!granted.metrics().contains(metric.name())) {",
            "if (false) {"),
        new Mutant(
            "own cells only",
            "semantic-core",
            "engine.plan.Benchmarks",
            "plan.filter(plan.isPositive(plan.field(OWN)));",
            ""),
        new Mutant(
            "rows of everyone for benchmarks only",
            "masking",
            "masking.PolicyGovernor",
            "scan.use() == SourceScan.Use.BENCHMARK && benchmark(principal).isPresent()",
            "benchmark(principal).isPresent()"));
  }

  private static Mutant joinedTable() {
    return new Mutant(
        "entitlement of the joined table",
        "masking",
        "masking.EntitledJoins",
        ".equals(withKnownKey(right.conditions(), key));",
        ".equals(Set.of()) | true;");
  }

  private static Stream<Mutant> limits() {
    return Stream.of(
        new Mutant(
            "limit of scanned rows",
            "semantic-core",
            "engine.LimitedQuery",
            "if (expected > most) {",
            "if (false) {"),
        new Mutant(
            "limit of result rows",
            "semantic-core",
            "engine.LimitedRows",
            "filter(most -> count > most)",
            "filter(most -> false)"));
  }

  private static Mutant deniedAggregates() {
    return new Mutant(
        "aggregates: deny",
        "masking",
        "masking.PolicyGovernor",
        "return tag.aggregatesDenied() && tag.masks(principal.roles());",
        "return false;");
  }

  private static Mutant deniedSchemas() {
    return new Mutant(
        "denied schema",
        "masking",
        "masking.RoleRights",
        "return denied.stream().anyMatch(name -> name.covers(schema));",
        "return false;");
  }

  private static Mutant fence() {
    return new Mutant(
        "fence",
        "masking",
        "masking.GovernedScan",
        "return LogicalSort.create(visible, RelCollations.EMPTY, none, null);",
        "return visible;");
  }

  /** Neither governed nor checked, as long as nobody thinks of subqueries in expressions. */
  private static Mutant inSubqueries() {
    String rewriter =
        "new PlanRewriter() {\n          @Override\n          public RelNode visit(TableScan scan) {\n            ";
    String shuttle =
        rewriter.replace("PlanRewriter", "org.apache.calcite.rel.RelHomogeneousShuttle");
    return new Mutant(
        "row filter in a subquery",
        Stream.of("return governed.contains(scan)", "scans.add(scan);")
            .map(
                then ->
                    new Edit(
                        "semantic-core", "engine.plan.Governing", rewriter + then, shuttle + then))
            .toList());
  }

  private static Mutant ungovernedScans() {
    return new Mutant(
        "check for ungoverned scans",
        "semantic-core",
        "engine.plan.Governing",
        "if (!governed.contains(scan) && !isOwnResult(scan)) {",
        "if (false) {");
  }

  private static Mutant ownership() {
    return new Mutant(
        "ownership of statements",
        "avatica-server",
        "server.wire.Connections",
        "if (connection == null || !connection.admits(proven)) {",
        "if (connection == null) {");
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("suites")
  void theProductAsItIsPasses(Suite suite) throws Exception {
    Suite.Outcome outcome = suite.run(folder, Optional.empty());
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aRuleThatIsSwitchedOffIsNoticed(Mutant mutant, Suite suite, TestReporter reporter)
      throws Exception {
    Suite.Outcome outcome = mutant.run(suite, folder);
    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(Suite.NOTICED);
    outcome
        .output()
        .lines()
        .filter(line -> line.startsWith("noticed by "))
        .findFirst()
        .ifPresent(test -> reporter.publishEntry(mutant.rule(), test));
  }
}
