package io.plumbline.server.http;

import io.plumbline.server.audit.AuditLog;
import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.wire.Activity;
import io.plumbline.server.wire.AvaticaCalls;
import io.plumbline.server.wire.SessionFactory;
import java.net.BindException;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: Avatica's protocol in protobuf and JSON, and its health, on one port. */
public final class PlumblineServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PlumblineServer.class);
  private static final int THREADS_KEPT_MILLIS = 5_000;
  private static final long BODY_STALLS_MILLIS = 30_000;

  private final Server jetty;
  private final ServerConnector connector;
  private final Workers workers;
  private final AvaticaCalls calls;
  private final ServerMetrics metrics;
  private final boolean secure;

  private PlumblineServer(
      ServerSettings settings,
      SessionFactory sessions,
      Authenticator authenticator,
      AuditLog audit,
      BooleanSupplier warehouseAnswers) {
    QueuedThreadPool threads = new QueuedThreadPool(32, 4, THREADS_KEPT_MILLIS);
    threads.setName("plumbline-http");
    threads.setDaemon(true);
    jetty = new Server(threads);
    secure = settings.tls().isPresent();
    connector = connector(settings);
    jetty.addConnector(connector);
    workers = new Workers(settings.workers());
    calls = new AvaticaCalls(sessions, authenticator, audit, settings.limits());
    metrics = new ServerMetrics(calls::activity);
    jetty.setStopTimeout(0);
    jetty.setErrorHandler(PlumblineServer::plainError);
    jetty.setHandler(
        new FrontDoor(
            new CallHandler(settings, calls, workers, metrics),
            new WarehouseHealth(warehouseAnswers, workers),
            metrics,
            workers));
  }

  /**
   * Starts to serve.
   *
   * @param warehouseAnswers asks the warehouse for a sign of life, for the health page
   * @throws ServerStartException if the port is taken, or the keystore can't be read
   */
  public static PlumblineServer start(
      ServerSettings settings,
      SessionFactory sessions,
      Authenticator authenticator,
      AuditLog audit,
      BooleanSupplier warehouseAnswers) {
    PlumblineServer server =
        new PlumblineServer(settings, sessions, authenticator, audit, warehouseAnswers);
    try {
      server.connector.open();
      server.jetty.start();
    } catch (Exception e) {
      server.close();
      throw startFailure(settings, e);
    }
    LOG.info("serving on {}", server.url());
    return server;
  }

  private static ServerStartException startFailure(ServerSettings settings, Exception e) {
    String address = settings.host() + ":" + settings.port();
    if (e instanceof BindException || e.getCause() instanceof BindException) {
      return new ServerStartException(
          address
              + " can't be listened on ("
              + bindProblem(e)
              + "). Choose another port, or stop"
              + " the program that uses this one.",
          e);
    }
    return new ServerStartException("the server does not start: " + e.getMessage(), e);
  }

  private static String bindProblem(Exception e) {
    Throwable bind = e instanceof BindException ? e : e.getCause();
    return String.valueOf(bind == null ? e.getMessage() : bind.getMessage());
  }

  private ServerConnector connector(ServerSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setIdleTimeout(BODY_STALLS_MILLIS);
    ServerConnector created;
    if (settings.tls().isPresent()) {
      http.addCustomizer(new SecureRequestCustomizer(false));
      created =
          new ServerConnector(
              jetty, TlsKeys.of(settings.tls().get()), new HttpConnectionFactory(http));
    } else {
      created = new ServerConnector(jetty, new HttpConnectionFactory(http));
    }
    created.setHost(settings.host());
    created.setPort(settings.port());
    created.setAcceptQueueSize(1024);
    created.setIdleTimeout(settings.limits().connectionIdle().toMillis() + BODY_STALLS_MILLIS);
    return created;
  }

  /** What Jetty itself refuses, such as a malformed request: the status and nothing more. */
  private static boolean plainError(
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      org.eclipse.jetty.util.Callback callback) {
    callback.succeeded();
    return true;
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** The address that a driver's {@code url} takes. */
  public String url() {
    return (secure ? "https://" : "http://") + connector.getHost() + ":" + port();
  }

  /** What clients hold right now. */
  public Activity activity() {
    return calls.activity();
  }

  /** Closes all connections of a user, canceling what runs; how many there were. */
  public int disconnect(String user) {
    return calls.disconnect(user);
  }

  /** Takes no more calls, cancels what runs, and frees the port. */
  @Override
  public void close() {
    connector.close();
    calls.close();
    workers.shutdownNow();
    metrics.close();
    try {
      jetty.stop();
    } catch (Exception e) {
      LOG.warn("the HTTP server did not stop cleanly", e);
    }
  }
}
