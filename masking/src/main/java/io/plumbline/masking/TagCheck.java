package io.plumbline.masking;

import io.plumbline.definitions.Dataset;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Problem;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;

/** Checks that tags name columns that exist, and masks fit their types. */
final class TagCheck {

  private final Policies policies;
  private final SemanticModel model;
  private final WarehouseCatalog tables;
  private final QueryCompiler compiler;

  TagCheck(
      Policies policies, SemanticModel model, WarehouseCatalog tables, QueryCompiler compiler) {
    this.policies = policies;
    this.model = model;
    this.tables = tables;
    this.compiler = compiler;
  }

  List<Problem> problems() {
    return policies.tags().stream().flatMap(tag -> problem(tag).stream()).toList();
  }

  private Optional<Problem> problem(ColumnTag tag) {
    return tag.target() instanceof ColumnTag.Target.OfTable target
        ? ofTable(tag, target)
        : ofDataset(tag, (ColumnTag.Target.OfDataset) tag.target());
  }

  private Optional<Problem> ofDataset(ColumnTag tag, ColumnTag.Target.OfDataset target) {
    Optional<Dataset> dataset =
        model.datasets().stream().filter(d -> d.name().equals(target.dataset())).findFirst();
    if (dataset.isEmpty()) {
      return Optional.of(
          new Problem(
              tag.at(),
              "There is no dataset '" + target.dataset() + "'.",
              Suggestion.among(
                  model.datasets().stream().map(Dataset::name).toList(), target.dataset())));
    }
    Set<String> columns =
        dataset.get().columns().stream().map(c -> c.name()).collect(Collectors.toSet());
    return missing(tag, "Dataset '" + target.dataset() + "'", columns);
  }

  private Optional<Problem> ofTable(ColumnTag tag, ColumnTag.Target.OfTable target) {
    Optional<WarehouseTable> table = tables.table(target.table().schema(), target.table().table());
    if (table.isEmpty()) {
      return Optional.of(noTable(tag, target.table()));
    }
    Map<String, RelDataType> types =
        table.get().columns().stream()
            .collect(Collectors.toMap(WarehouseTable.Column::name, WarehouseTable.Column::type));
    Optional<Problem> missing = missing(tag, "Table " + target.table(), types.keySet());
    RelDataType type = types.get(target.column());
    return missing.isPresent() || type == null ? missing : unfit(tag, target, type);
  }

  private static Optional<Problem> missing(ColumnTag tag, String owner, Set<String> columns) {
    String column = tag.target().column();
    return columns.contains(column)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                tag.at(),
                owner + " has no column '" + column + "'.",
                Suggestion.among(columns, column)));
  }

  private Problem noTable(ColumnTag tag, TableName table) {
    Set<String> known =
        tables.schemas().values().stream()
            .flatMap(byName -> byName.values().stream())
            .map(t -> TableName.of(t).toString())
            .collect(Collectors.toSet());
    return new Problem(
        tag.at(),
        "The warehouse has no table " + table + ".",
        Suggestion.among(known, table.toString()));
  }

  private Optional<Problem> unfit(
      ColumnTag tag, ColumnTag.Target.OfTable target, RelDataType type) {
    if (tag.mask() instanceof MaskPolicy.Custom custom) {
      return wrong(custom.expression(), target, type);
    }
    return MaskExpressions.fits(tag.mask(), type)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                tag.at(),
                "This mask is not for columns of type " + type.getSqlTypeName().getName() + ".",
                "Use nullify, or redact."));
  }

  private Optional<Problem> wrong(
      Expression expression, ColumnTag.Target.OfTable target, RelDataType type) {
    try {
      RelDataType given =
          FilterCheck.conditions(policies, tables, compiler)
              .expression(expression, target.table())
              .getType();
      return given.getSqlTypeName().getFamily().equals(type.getSqlTypeName().getFamily())
          ? Optional.empty()
          : Optional.of(
              new Problem(
                  expression.at(),
                  "The mask is "
                      + given.getSqlTypeName().getName()
                      + ", but the column is "
                      + type.getSqlTypeName().getName()
                      + ".",
                  "Cast it."));
    } catch (QueryException e) {
      return Optional.of(FilterCheck.problem(expression, e));
    }
  }
}
