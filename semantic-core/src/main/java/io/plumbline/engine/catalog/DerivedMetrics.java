package io.plumbline.engine.catalog;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.engine.catalog.CompiledModel.DerivedExpression;
import io.plumbline.engine.catalog.CompiledModel.DerivedInput;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Compiles the expressions of derived metrics over the metrics that they name. */
final class DerivedMetrics {

  private final ExpressionCompiler expressions;
  private final RelDataTypeFactory types;
  private final ModelTypes rowTypes;
  private final SemanticModel model;
  private final RelDataType metrics;

  DerivedMetrics(
      ExpressionCompiler expressions,
      RelDataTypeFactory types,
      ModelTypes rowTypes,
      SemanticModel model) {
    this.expressions = expressions;
    this.types = types;
    this.rowTypes = rowTypes;
    this.model = model;
    RelDataTypeFactory.Builder row = types.builder();
    model.metrics().forEach(metric -> row.add(metric.name(), rowTypes.metricType(metric)));
    this.metrics = row.build();
  }

  DerivedExpression compile(Metric.Derived metric) {
    return compile(metric.expression(), withInputs(metric), metric.inputs());
  }

  /** An expression that calls metrics by their names. */
  DerivedExpression compile(Expression expression) {
    return compile(expression, metrics, Map.of());
  }

  private DerivedExpression compile(
      Expression written, RelDataType row, Map<String, Metric.Derived.Input> inputs) {
    RexNode expression = expressions.compile(written, "the metrics", row);
    List<String> names = new ArrayList<>();
    RexNode rebased =
        expression.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                String name = row.getFieldNames().get(ref.getIndex());
                if (!names.contains(name)) {
                  names.add(name);
                }
                return new RexInputRef(names.indexOf(name), ref.getType());
              }
            });
    return new DerivedExpression(
        names.stream().map(name -> input(name, inputs)).toList(),
        rebased.accept(new ExactDivision()));
  }

  /** All metrics, and those that this one gives names of its own. */
  private RelDataType withInputs(Metric.Derived metric) {
    if (metric.inputs().isEmpty()) {
      return metrics;
    }
    RelDataTypeFactory.Builder row = types.builder();
    metric
        .inputs()
        .forEach(
            (name, input) ->
                row.add(name, rowTypes.metricType(model.metric(input.metric()).orElseThrow())));
    metrics.getFieldList().stream()
        .filter(field -> !metric.inputs().containsKey(field.getName()))
        .forEach(row::add);
    return row.build();
  }

  private static DerivedInput input(String name, Map<String, Metric.Derived.Input> inputs) {
    Metric.Derived.Input input = inputs.get(name);
    return input == null
        ? new DerivedInput(name, Optional.empty())
        : new DerivedInput(input.metric(), input.at());
  }

  /** Counts divide exactly, and what is divided by 0 is null. */
  private final class ExactDivision extends RexShuttle {
    private final RexBuilder rex = new RexBuilder(types);

    @Override
    public RexNode visitCall(RexCall original) {
      RexNode visited = super.visitCall(original);
      if (!(visited instanceof RexCall call) || call.getKind() != SqlKind.DIVIDE) {
        return visited;
      }
      RexNode above = call.getOperands().get(0);
      RexNode exact =
          SqlTypeUtil.isIntType(above.getType())
              ? rex.makeAbstractCast(PlumblineTypeSystem.numeric(types, true), above, false)
              : above;
      RexNode below =
          rex.makeCall(
              SqlStdOperatorTable.NULLIF,
              call.getOperands().get(1),
              rex.makeExactLiteral(BigDecimal.ZERO));
      return rex.makeCall(call.getOperator(), exact, below);
    }
  }
}
