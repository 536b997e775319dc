package io.plumbline.server.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Whether the warehouse answers. One question at a time, and its answer counts for two seconds, so
 * that asking for the server's health is not a way to load the warehouse.
 */
final class WarehouseHealth {

  private static final Duration COUNTS = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final BooleanSupplier probe;
  private final Executor executor;
  private CompletableFuture<Boolean> question = CompletableFuture.completedFuture(false);
  private long asked = System.nanoTime() - 2 * COUNTS.toNanos();

  WarehouseHealth(BooleanSupplier probe, Executor executor) {
    this.probe = probe;
    this.executor = executor;
  }

  boolean isUp() {
    try {
      return question().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized CompletableFuture<Boolean> question() {
    long now = System.nanoTime();
    if (question.isDone() && now - asked > COUNTS.toNanos()) {
      asked = now;
      question = CompletableFuture.supplyAsync(probe::getAsBoolean, executor);
    }
    return question;
  }
}
