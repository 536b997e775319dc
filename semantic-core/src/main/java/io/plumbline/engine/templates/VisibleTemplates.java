package io.plumbline.engine.templates;

import io.plumbline.definitions.Template;
import io.plumbline.definitions.Template.Parameter;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CatalogTable;
import io.plumbline.engine.catalog.VisibleCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The templates that one principal may call: those over names that it may use. Of the others it is
 * not told that there are any.
 */
public final class VisibleTemplates {

  private final TemplateLibrary library;
  private final VisibleCatalog catalog;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  public VisibleTemplates(TemplateLibrary library, VisibleCatalog catalog) {
    this.library = library;
    this.catalog = catalog;
  }

  /** A query without calls of templates, and which ones it called. */
  public record Expanded(SqlNode query, List<String> called) {
    public Expanded {
      called = List.copyOf(called);
    }
  }

  /**
   * Puts the queries of templates in place of their calls.
   *
   * @throws QueryException if a template is not there, or arguments do not fit
   */
  public Expanded expanded(SqlNode query) {
    TemplateCalls calls = new TemplateCalls(this);
    SqlNode expanded = calls.expanded(query);
    return new Expanded(expanded, calls.called());
  }

  CompiledTemplate find(String written, SqlParserPos at) {
    String name = written.toLowerCase(Locale.ROOT);
    return library
        .find(name)
        .filter(this::isVisible)
        .orElseThrow(
            () ->
                new QueryException(
                    SqlState.UNDEFINED_FUNCTION,
                    new QueryException.Place(at.getLineNum(), at.getColumnNum()),
                    "there is no template '" + written + "'; catalog.templates lists yours"));
  }

  private boolean isVisible(CompiledTemplate template) {
    return known.computeIfAbsent(template.definition().name(), name -> converts(template));
  }

  private boolean converts(CompiledTemplate template) {
    try {
      library
          .compiler()
          .compilation(catalog.root(), VisibleCatalog.PATH)
          .convert(template.sample(library.today()));
      return true;
    } catch (QueryException e) {
      return false;
    }
  }

  private List<Template> visible() {
    return library.all().stream()
        .filter(this::isVisible)
        .map(CompiledTemplate::definition)
        .toList();
  }

  /** The tables of the schema {@code catalog} that list them. */
  public List<CatalogTable> tables() {
    return List.of(
        new CatalogTable(
            "templates",
            "Queries that I may call as select * from table(templates.name(...)).",
            List.of(
                new CatalogTable.Column("name", "Name of the function. Never null."),
                new CatalogTable.Column("label", "For people. Never null."),
                new CatalogTable.Column("description", "The question that it answers. Never null."),
                new CatalogTable.Column(
                    "parameters",
                    "Names and types in their order, with the values of those that may be left"
                        + " out. Never null, empty without parameters.")),
            this::rows,
            List.of()),
        new CatalogTable(
            "template_parameters",
            "The parameters of the templates that I may call.",
            List.of(
                new CatalogTable.Column("template", "Name of the template. Never null."),
                new CatalogTable.Column("name", "Name of the parameter. Never null."),
                new CatalogTable.Column("type", "Type of its value. Never null."),
                new CatalogTable.Column("required", "yes or no. Never null."),
                new CatalogTable.Column(
                    "default_value", "Its value where a call leaves it out; null is null."),
                new CatalogTable.Column("description", "What it means. Never null.")),
            this::parameterRows,
            List.of()));
  }

  private List<List<@Nullable String>> rows() {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Template template : visible()) {
      rows.add(
          Arrays.asList(
              template.name(),
              template.label(),
              template.description(),
              template.parameters().stream()
                  .map(CompiledTemplate::told)
                  .collect(Collectors.joining(", "))));
    }
    return rows;
  }

  private List<List<@Nullable String>> parameterRows() {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Template template : visible()) {
      for (Parameter parameter : template.parameters()) {
        rows.add(
            Arrays.asList(
                template.name(),
                parameter.name(),
                parameter.type().yamlName(),
                parameter.required() ? "yes" : "no",
                parameter.defaultValue().orElse(null),
                parameter.description()));
      }
    }
    return rows;
  }
}
