import java.util.Properties;
import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.remote.Driver.Serialization;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.server.HttpServer;

/**
 * Avatica's own server in front of a JDBC driver: the baseline. Arguments: JDBC URL, user, password,
 * serialization. Prints its port and stops when its input ends.
 */
final class StockServer {

  public static void main(String[] arguments) throws Exception {
    Properties login = new Properties();
    login.setProperty("user", arguments[1]);
    login.setProperty("password", arguments[2]);
    HttpServer server =
        new HttpServer.Builder<>()
            .withPort(0)
            .withHandler(
                new LocalService(new JdbcMeta(arguments[0], login)),
                Serialization.valueOf(arguments[3]))
            .build();
    server.start();
    System.out.println("url http://127.0.0.1:" + server.getPort());
    while (System.in.read() >= 0) {
      // Only the end counts.
    }
    server.stop();
    System.exit(0);
  }
}
