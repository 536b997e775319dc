package io.plumbline.masking;

import io.plumbline.definitions.Problem;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks what a policy file names against the warehouse and the definitions: a rule on something
 * misspelt would look like a rule and be none.
 */
public final class PolicyCheck {

  private final Policies policies;
  private final SemanticModel model;
  private final WarehouseCatalog tables;
  private final QueryCompiler compiler;

  public PolicyCheck(
      Policies policies, SemanticModel model, WarehouseCatalog tables, QueryCompiler compiler) {
    this.policies = policies;
    this.model = model;
    this.tables = tables;
    this.compiler = compiler;
  }

  /** Every problem, with its place in the policy file. */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>(schemas());
    problems.addAll(columns());
    problems.addAll(classifications());
    problems.addAll(grants());
    problems.addAll(groupSizes());
    problems.addAll(benchmarks());
    problems.addAll(new TagCheck(policies, model, tables, compiler).problems());
    problems.addAll(new EntityCheck(policies, tables).problems());
    if (problems.isEmpty()) {
      problems.addAll(new FilterCheck(policies, tables, compiler).problems());
    }
    return problems;
  }

  private List<Problem> schemas() {
    Set<String> schemas = new LinkedHashSet<>(tables.schemas().keySet());
    schemas.addAll(VisibleCatalog.PATH);
    return policies.rights().values().stream()
        .flatMap(role -> role.names().stream())
        .filter(name -> !name.isEverySchema() && !schemas.contains(name.schema()))
        .distinct()
        .map(
            name ->
                new Problem(
                    name.at(),
                    "There is no schema '" + name.schema() + "'.",
                    Suggestion.among(schemas, name.schema())))
        .toList();
  }

  /** Rows show what a group is made of. */
  private List<Problem> groupSizes() {
    return policies.rights().values().stream()
        .filter(role -> role.sizeOfEveryGroup().isPresent())
        .flatMap(role -> role.allowed().stream())
        .filter(name -> !VisibleCatalog.PATH.contains(name.schema()))
        .map(
            name ->
                new Problem(
                    name.at(),
                    "A role with 'min_group_size' may not name rows, as "
                        + name.schema()
                        + " has them.",
                    "Allow metrics and analytics only, or remove 'min_group_size'."))
        .toList();
  }

  /** What there is to compare with, and in which groups. */
  private List<Problem> benchmarks() {
    Set<String> metrics = new TreeSet<>();
    model.tables().forEach(table -> metrics.addAll(table.metrics()));
    List<Problem> problems = new ArrayList<>();
    for (RoleRights role : policies.rights().values()) {
      problems.addAll(unknown(role.benchmark().stream(), metrics, "No table has a metric '"));
      if (role.minGroupSize().isEmpty()) {
        role.benchmark().stream()
            .limit(1)
            .map(
                name ->
                    new Problem(
                        name.at(),
                        "'benchmark' without 'min_group_size' would show single entities.",
                        "Add min_group_size, 5 if in doubt."))
            .forEach(problems::add);
      }
    }
    return problems;
  }

  private List<Problem> columns() {
    return policies.rights().values().stream()
        .flatMap(role -> role.deniedColumns().stream())
        .filter(denied -> columnNames().noneMatch(isNamedBy(denied)))
        .map(
            denied ->
                new Problem(
                    denied.at(),
                    "No table has a column '" + denied.text() + "'.",
                    Suggestion.among(
                        columnNames().map(c -> c.get(2)).collect(Collectors.toSet()),
                        denied.text())))
        .toList();
  }

  private static Predicate<List<String>> isNamedBy(RoleRights.ColumnName denied) {
    return column -> denied.covers(column.get(0), column.get(1), column.get(2));
  }

  /** Schema, table and name of every column. */
  private Stream<List<String>> columnNames() {
    return tables.schemas().values().stream()
        .flatMap(byName -> byName.values().stream())
        .flatMap(
            table ->
                table.columns().stream()
                    .map(column -> List.of(table.schema(), table.name(), column.name())));
  }

  private List<Problem> classifications() {
    Set<String> known =
        policies.tags().stream()
            .flatMap(tag -> tag.classification().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    return unknown(
        policies.rights().values().stream().flatMap(r -> r.deniedClassifications().stream()),
        known,
        "No tag has the classification '");
  }

  private List<Problem> grants() {
    Set<String> known = new TreeSet<>();
    model.views().forEach(view -> known.add(VisibleCatalog.ANALYTICS + "." + view.name()));
    model
        .tables()
        .forEach(
            table -> {
              String name = VisibleCatalog.METRICS + "." + table.name();
              known.add(name);
              table.metrics().forEach(metric -> known.add(name + "." + metric));
              table.dimensions().forEach(dimension -> known.add(name + "." + dimension.name()));
            });
    return unknown(
        policies.rights().values().stream().flatMap(r -> r.grants().stream()),
        known,
        "There is no view, semantic table or column '");
  }

  private static List<Problem> unknown(
      Stream<RoleRights.Name> names, Collection<String> known, String what) {
    return names
        .filter(name -> !known.contains(name.text()))
        .map(
            name ->
                new Problem(
                    name.at(), what + name.text() + "'.", Suggestion.among(known, name.text())))
        .toList();
  }
}
