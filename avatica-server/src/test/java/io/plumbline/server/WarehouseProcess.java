package io.plumbline.server;

import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.engine.warehouse.WarehouseStatement;
import java.io.IOException;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

/** A process that waits for the warehouse as a server does, to be killed. */
final class WarehouseProcess {

  private WarehouseProcess() {}

  static Process start(EmbeddedWarehouse postgres, String sql) throws IOException {
    return TestJvm.of(
            WarehouseProcess.class,
            postgres.jdbcUrl(),
            postgres.readerUser(),
            postgres.readerPassword(),
            sql)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) {
    WarehouseSettings settings = WarehouseSettings.of(arguments[0], arguments[1], arguments[2]);
    try (Warehouse warehouse =
            Warehouse.open(settings, new JavaTypeFactoryImpl(new PlumblineTypeSystem()));
        var rows =
            warehouse
                .execution(new WarehouseStatement(arguments[3], List.of()), List.of())
                .start(List.of(), 0)) {
      rows.next();
    }
  }
}
