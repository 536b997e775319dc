package io.plumbline.it;

import io.plumbline.cli.DemoServer;
import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.server.wire.Activity;

/** The server over one company, on a free port of the loopback interface. */
final class ServerUnderTest implements AutoCloseable {

  private final DemoServer server;

  private ServerUnderTest(DemoServer server) {
    this.server = server;
  }

  static ServerUnderTest start(DemoCompany company, EmbeddedWarehouse warehouse) {
    return new ServerUnderTest(DemoServer.start(company, warehouse, 0));
  }

  String url() {
    return server.url();
  }

  Activity activity() {
    return server.server().activity();
  }

  @Override
  public void close() {
    server.close();
  }
}
