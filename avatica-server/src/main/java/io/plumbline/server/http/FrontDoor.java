package io.plumbline.server.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sorts requests: calls are posted, health is asked for, everything else is turned away.
 *
 * <ul>
 *   <li>{@code GET /health/live}: 200 while the process serves
 *   <li>{@code GET /health} or {@code /health/ready}: 200 if the warehouse answers, else 500; not
 *       503, which the stock driver would repeat for ever if it ever met it
 *   <li>{@code GET /metrics}: for Prometheus, on the same machine only
 * </ul>
 */
final class FrontDoor extends Handler.Abstract {

  private static final String JSON = "application/json";

  private final CallHandler calls;
  private final WarehouseHealth warehouse;
  private final ServerMetrics metrics;
  private final Executor workers;

  FrontDoor(CallHandler calls, WarehouseHealth warehouse, ServerMetrics metrics, Executor workers) {
    this.calls = calls;
    this.warehouse = warehouse;
    this.metrics = metrics;
    this.workers = workers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (path.equals("/health") || path.startsWith("/health/")) {
      if (isAllowed(HttpMethod.GET, request, response, callback)) {
        health(path, response, callback);
      }
    } else if (path.equals("/metrics")) {
      if (isAllowed(HttpMethod.GET, request, response, callback)) {
        metrics(request, response, callback);
      }
    } else if (isAllowed(HttpMethod.POST, request, response, callback)) {
      calls.handle(request, response, callback);
    }
    return true;
  }

  private static boolean isAllowed(
      HttpMethod method, Request request, Response response, Callback callback) {
    if (method.is(request.getMethod())) {
      return true;
    }
    response.getHeaders().put(HttpHeader.ALLOW, method.asString());
    String text =
        method == HttpMethod.POST
            ? "This is an Avatica server; connect to it with JDBC.\n"
            : "There is only GET here.\n";
    HttpAnswer.sendText(405, "text/plain", text, response, callback);
    return false;
  }

  private void metrics(Request request, Response response, Callback callback) {
    if (HttpAnswer.isRemote(request)) {
      HttpAnswer.sendText(404, "text/plain", "There is nothing here.\n", response, callback);
    } else {
      HttpAnswer.sendText(200, ServerMetrics.CONTENT_TYPE, metrics.text(), response, callback);
    }
  }

  private void health(String path, Response response, Callback callback) {
    if (path.equals("/health/live")) {
      HttpAnswer.sendText(200, JSON, "{\"status\":\"up\"}\n", response, callback);
    } else if (path.equals("/health") || path.equals("/health/ready")) {
      try {
        workers.execute(() -> ready(response, callback));
      } catch (RejectedExecutionException full) {
        HttpAnswer.sendText(500, JSON, "{\"status\":\"overloaded\"}\n", response, callback);
      }
    } else {
      HttpAnswer.sendText(
          404,
          "text/plain",
          "There is /health, /health/live, /health/ready.\n",
          response,
          callback);
    }
  }

  private void ready(Response response, Callback callback) {
    if (warehouse.isUp()) {
      String text = "{\"status\":\"up\",\"warehouse\":\"up\"}\n";
      HttpAnswer.sendText(200, JSON, text, response, callback);
    } else {
      String text = "{\"status\":\"down\",\"warehouse\":\"down\"}\n";
      HttpAnswer.sendText(500, JSON, text, response, callback);
    }
  }
}
