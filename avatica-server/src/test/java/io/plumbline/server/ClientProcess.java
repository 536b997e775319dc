package io.plumbline.server;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** A client in a process of its own, which starts to read a result and then waits to be killed. */
final class ClientProcess {

  private ClientProcess() {}

  static Process start(String url, String sql) throws IOException {
    return TestJvm.of(ClientProcess.class, url, sql)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    Connection connection =
        DriverManager.getConnection(
            "jdbc:avatica:remote:serialization=protobuf;url=" + arguments[0], "ana", "ana-pw");
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery(arguments[1]);
    while (rows.next() && rows.getRow() < 1000) {
      rows.getString(1);
    }
    Thread.sleep(60_000);
  }
}
