package io.plumbline.benchmarks.planning;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** CPU time of the measured threads per call: what others do on the machine does not count. */
@SuppressWarnings("rawtypes") // of the interface
public final class CpuTime implements InternalProfiler {

  /** The name of its result, in milliseconds per call. */
  static final String RESULT = "cpu";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long before;

  @Override
  public String getDescription() {
    return "CPU time of benchmark threads";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = used();
  }

  @Override
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double millis = (used() - before) / 1e6;
    long calls = result.getMetadata().getAllOps();
    return List.of(new ScalarResult(RESULT, millis / calls, "ms/op", AggregationPolicy.AVG));
  }

  private long used() {
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo thread = threads.getThreadInfo(id);
      if (thread != null && thread.getThreadName().contains("jmh-worker")) {
        sum += threads.getThreadCpuTime(id);
      }
    }
    return sum;
  }
}
