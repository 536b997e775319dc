package io.plumbline.it;

import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;

/** The server over one company, on a free port of the loopback interface. */
final class ServerUnderTest implements AutoCloseable {

  private final String url;

  private ServerUnderTest(String url) {
    this.url = url;
  }

  static ServerUnderTest start(DemoCompany company, EmbeddedWarehouse warehouse) {
    throw new UnsupportedOperationException(
        "No server yet for " + company.name() + " at " + warehouse.jdbcUrl());
  }

  String url() {
    return url;
  }

  @Override
  public void close() {}
}
