package io.plumbline.benchmarks.planning;

import io.plumbline.benchmarks.BenchmarkEngine;
import io.plumbline.benchmarks.WarehouseAddress;
import io.plumbline.engine.PreparedQuery;
import io.plumbline.engine.Session;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Planning in a process that has planned before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class WarmPlanning {

  @Param({"8", "100", "500"})
  public int metrics;

  @Param public PlanningQuery query = PlanningQuery.MONTHLY_MRR;

  private BenchmarkEngine engine;
  private Session session;
  private long asked;

  @Setup
  public void open() throws Exception {
    engine = BenchmarkEngine.open(WarehouseAddress.given(), metrics, 2);
    session = engine.session();
  }

  /** From the text to the statement of the warehouse. */
  @Benchmark
  public PreparedQuery planned() {
    return session.prepare(query.sql(asked++));
  }

  /** A text that was planned before. */
  @Benchmark
  public PreparedQuery cached() {
    return session.prepare(query.sql());
  }

  @TearDown
  public void close() {
    session.close();
    engine.close();
  }
}
