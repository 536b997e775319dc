package io.plumbline.server.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.server.wire.Activity;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** What the server counts, as Prometheus reads it. */
final class ServerMetrics implements AutoCloseable {

  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer answered = calls("answered");
  private final Timer failed = calls("failed");

  ServerMetrics(Supplier<Activity> activity) {
    gauge("plumbline.connections", "open connections", activity, Activity::connections);
    gauge("plumbline.statements", "open statements", activity, Activity::statements);
    gauge(
        "plumbline.statements.running",
        "statements that run or have rows left in the warehouse",
        activity,
        Activity::running);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
  }

  private Timer calls(String outcome) {
    return Timer.builder("plumbline.calls")
        .description("calls of clients, with the time to answer")
        .tag("outcome", outcome)
        .publishPercentiles(0.5, 0.99)
        .register(registry);
  }

  private void gauge(
      String name, String description, Supplier<Activity> activity, ToIntFunction<Activity> value) {
    Gauge.builder(name, () -> value.applyAsInt(activity.get()))
        .description(description)
        .register(registry);
  }

  /** Counts a call that was answered with an HTTP status, begun at a {@code System.nanoTime}. */
  void count(int status, long begun) {
    Timer timer = status == 200 ? answered : failed;
    timer.record(System.nanoTime() - begun, java.util.concurrent.TimeUnit.NANOSECONDS);
  }

  String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
