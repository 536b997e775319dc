package io.plumbline.engine.templates;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.Problem;
import io.plumbline.definitions.Template;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.sql.Statement;
import io.plumbline.engine.sql.StatementParser;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The templates of a model. */
public final class TemplateLibrary {

  private final Map<String, CompiledTemplate> byName;
  private final QueryCompiler compiler;
  private final LocalDate today;

  private TemplateLibrary(
      Map<String, CompiledTemplate> byName, QueryCompiler compiler, LocalDate today) {
    this.byName = byName;
    this.compiler = compiler;
    this.today = today;
  }

  /**
   * Parses templates and has each checked with sample values.
   *
   * @param check fails on a query that can't be answered
   * @param today by which dates are sampled
   * @throws DefinitionException with the problems of all templates
   */
  public static TemplateLibrary of(
      List<Template> templates, QueryCompiler compiler, Consumer<SqlNode> check, LocalDate today)
      throws DefinitionException {
    List<Problem> problems = new ArrayList<>();
    Map<String, CompiledTemplate> byName = new LinkedHashMap<>();
    for (Template template : templates) {
      compiled(template, check, today, problems).ifPresent(c -> byName.put(template.name(), c));
    }
    if (!problems.isEmpty()) {
      throw new DefinitionException(problems);
    }
    return new TemplateLibrary(byName, compiler, today);
  }

  private static Optional<CompiledTemplate> compiled(
      Template template, Consumer<SqlNode> check, LocalDate today, List<Problem> problems) {
    try {
      Statement statement = new StatementParser().parse(template.sql().sql());
      if (!(statement instanceof Statement.Query query)) {
        problems.add(problem(template, "is no query", Optional.empty()));
        return Optional.empty();
      }
      CompiledTemplate compiled = new CompiledTemplate(template, query.node());
      unused(compiled, today).forEach(problems::add);
      check.accept(compiled.sample(today));
      return Optional.of(compiled);
    } catch (QueryException e) {
      problems.add(problem(template, "can't be answered: " + e.reason(), e.place()));
      return Optional.empty();
    }
  }

  /** A parameter that changes nothing is a mistake. */
  private static List<Problem> unused(CompiledTemplate template, LocalDate today) {
    Set<String> used = new HashSet<>();
    new ArgumentFilling(
            name -> {
              used.add(name);
              return template
                  .parameter(name)
                  .<@Nullable SqlNode>map(p -> ArgumentValues.sample(p, today))
                  .orElse(null);
            },
            Optional.empty())
        .filled(template.query());
    return template.definition().parameters().stream()
        .filter(parameter -> !used.contains(parameter.name()))
        .map(
            parameter ->
                new Problem(
                    parameter.at(),
                    "Template '%s' does not use its parameter '%s'."
                        .formatted(template.definition().name(), parameter.name()),
                    "Write argument(" + parameter.name() + ") in its sql, or remove it."))
        .toList();
  }

  private static Problem problem(
      Template template, String what, Optional<QueryException.Place> place) {
    QueryException.Place at = place.orElse(new QueryException.Place(1, 1));
    return new Problem(
        template.sql().positionOf(at.line(), at.column()),
        "Template '" + template.name() + "' " + what + (what.endsWith(".") ? "" : "."),
        "");
  }

  List<CompiledTemplate> all() {
    return List.copyOf(byName.values());
  }

  Optional<CompiledTemplate> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  QueryCompiler compiler() {
    return compiler;
  }

  LocalDate today() {
    return today;
  }
}
