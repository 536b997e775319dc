package io.plumbline.cli;

import java.util.concurrent.CountDownLatch;

/** Keeps a server running until its process is asked to end, by Ctrl-C or SIGTERM. */
final class Shutdown {

  private Shutdown() {}

  /** Blocks; {@code close} runs while the process ends. */
  static void await(Runnable close) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(close, "shutdown"));
    new CountDownLatch(1).await();
  }
}
