package io.plumbline.it;

import io.plumbline.server.wire.Activity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a server holds: to be the same after an attack as before.
 *
 * @param activity connections and statements of clients
 * @param warehouseBusy its connections to PostgreSQL that do something or hold a transaction
 * @param threads of this process
 * @param temporaryFiles in the process's temporary folder
 * @param heap bytes in use after a collection
 */
record Baseline(Activity activity, int warehouseBusy, int threads, long temporaryFiles, long heap) {

  static Baseline of(RunningCompany company) throws SQLException, IOException {
    return new Baseline(
        company.activity(),
        busy(company),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        filesInTemporaryFolder(),
        heapAfterCollection());
  }

  /** Waits until a server is back at this, or says what it still holds. */
  void await(RunningCompany company, Duration atMost)
      throws SQLException, IOException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    Baseline now = of(company);
    while (!covers(now)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("After " + atMost + " still " + now + " instead of " + this);
      }
      Thread.sleep(500);
      now = of(company);
    }
  }

  private boolean covers(Baseline now) {
    return now.activity.equals(activity)
        && now.warehouseBusy <= warehouseBusy
        && now.threads <= threads
        && now.temporaryFiles <= temporaryFiles
        && now.heap <= heap * 1.1;
  }

  private static int busy(RunningCompany company) throws SQLException {
    try (Connection warehouse = company.warehouse().owner();
        Statement statement = warehouse.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where usename = '"
                    + company.warehouse().readerUser()
                    + "' and state is distinct from 'idle'")) {
      result.next();
      return result.getInt(1);
    }
  }

  private static long filesInTemporaryFolder() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.count();
    }
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
