package io.plumbline.server.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes records from several threads until it is killed, and prints the number of each one that is
 * durable.
 */
public final class KilledWriter {

  private KilledWriter() {}

  public static void main(String[] arguments) throws InterruptedException {
    AuditSettings settings = AuditSettings.in(Path.of(arguments[0])).withRotateAt(20_000);
    AuditLog log = AuditLog.open(settings, Clock.systemUTC());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(new Thread(() -> write(log)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void write(AuditLog log) {
    while (true) {
      long number = log.append(new AuditEvent.LoginRefused("eve", "10.0.0.1", "basic", "28P01"));
      log.await(number);
      synchronized (System.out) {
        System.out.println(number);
        System.out.flush();
      }
    }
  }
}
