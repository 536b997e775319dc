package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.OpenGovernor;
import io.plumbline.engine.Principal;
import io.plumbline.engine.SourceScan;
import io.plumbline.engine.TestEngine;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;

class GoverningTest {

  private final QueryCompiler.Compilation compilation = compilation();
  private final RelBuilder builder = compilation.builder();

  private static QueryCompiler.Compilation compilation() {
    RelDataTypeFactory types = PlumblineTypeSystem.typeFactory();
    var id = new WarehouseTable.Column("id", types.createSqlType(SqlTypeName.INTEGER), "");
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    root.add(
        "s",
        new AbstractSchema() {
          @Override
          protected Map<String, Table> getTableMap() {
            return Map.of(
                "open", new WarehouseTable("s", "open", List.of(id)),
                "secret", new WarehouseTable("s", "secret", List.of(id)));
          }
        });
    return new QueryCompiler(types).compilation(root, List.of());
  }

  private Governing governing(OpenGovernor governor) {
    return new Governing(
        governor, TestEngine.ADMIN, LocalDate.EPOCH, compilation, DatasetLineage.NONE);
  }

  private RelNode scan(String table) {
    return builder.scan("s", table).build();
  }

  @Test
  void aPlanThatWasNotGovernedIsRefused() {
    Governing governing = governing(new OpenGovernor());
    assertThatThrownBy(() -> governing.check(scan("secret")))
        .hasMessage("a scan of [s, secret] is not governed");
  }

  @Test
  void aScanThatComesIntoAPlanAfterwardsIsRefused() {
    Governing governing = governing(new OpenGovernor());
    RelNode governed = governing.govern(scan("open"));
    assertThatCode(() -> governing.check(governed)).doesNotThrowAnyException();
    RelNode smuggled =
        builder
            .push(governed)
            .filter(builder.in(builder.field(0), List.of()))
            .push(scan("secret"))
            .union(true)
            .build();
    assertThatThrownBy(() -> governing.check(smuggled)).hasMessageContaining("is not governed");
  }

  @Test
  void aScanInsideASubqueryIsGovernedAndChecked() {
    Governing governing = governing(new OpenGovernor());
    RelNode plan = builder.push(scan("open")).filter(builder.exists(b -> scan("secret"))).build();
    assertThatThrownBy(() -> governing.check(plan)).hasMessageContaining("is not governed");
    assertThatCode(() -> governing.check(governing.govern(plan))).doesNotThrowAnyException();
  }

  @Test
  void aChangedRowTypeIsRefused() {
    OpenGovernor widening =
        new OpenGovernor() {
          @Override
          public RelNode govern(SourceScan scan, Principal principal) {
            RelBuilder b = scan.sources().builder().push(scan.scan());
            return b.project(b.field(0), b.field(0)).build();
          }
        };
    assertThatThrownBy(() -> governing(widening).govern(scan("open")))
        .hasMessage("the governor changed the row type of [s, open]");
  }
}
