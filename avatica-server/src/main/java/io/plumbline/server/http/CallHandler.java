package io.plumbline.server.http;

import io.plumbline.server.wire.Answer;
import io.plumbline.server.wire.AvaticaCalls;
import io.plumbline.server.wire.Caller;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads a call without holding a thread while it arrives, however slowly, and hands it to a worker
 * once it is whole. A body that is too large is refused before anybody asks who sends it.
 */
final class CallHandler {

  /** What a body without a length may have. */
  private static final int UNDECLARED = 1 << 20;

  private final ServerSettings settings;
  private final AvaticaCalls calls;
  private final Executor workers;
  private final ServerMetrics metrics;
  private final HttpAnswer answers;
  private final BodyBudget budget;

  CallHandler(
      ServerSettings settings, AvaticaCalls calls, Executor workers, ServerMetrics metrics) {
    this.settings = settings;
    this.calls = calls;
    this.workers = workers;
    this.metrics = metrics;
    this.answers = new HttpAnswer(settings);
    this.budget = new BodyBudget(8L * settings.requestBytes());
  }

  void handle(Request request, Response response, Callback callback) {
    long declared = request.getLength();
    long length = declared < 0 ? Math.min(UNDECLARED, settings.requestBytes()) : declared;
    if (length > settings.requestBytes()) {
      tooLarge(response, callback);
      return;
    }
    if (!budget.take(length)) {
      refuse(429, "Too many large requests arrive at once; try again.\n", response, callback);
      return;
    }
    Content.Source.asByteArrayAsync(request, (int) length)
        .whenComplete(
            (body, failure) -> {
              budget.giveBack(length);
              if (failure == null) {
                answer(body, request, response, callback);
              } else if (declared < 0) {
                tooLarge(response, callback);
              } else {
                callback.failed(failure);
              }
            });
  }

  private void tooLarge(Response response, Callback callback) {
    String text = "A request has at most " + settings.requestBytes() + " bytes.\n";
    refuse(413, text, response, callback);
  }

  /** The rest of the body is not read, so that the socket is of no further use. */
  private static void refuse(int status, String text, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    HttpAnswer.sendText(status, "text/plain", text, response, callback);
  }

  private void answer(byte[] body, Request request, Response response, Callback callback) {
    try {
      workers.execute(
          () -> {
            try {
              long begun = System.nanoTime();
              Answer answer = calls.answer(body, caller(request));
              metrics.count(answer.status(), begun);
              answers.send(answer, request, response, callback);
            } catch (RuntimeException | Error e) {
              callback.failed(e);
            }
          });
    } catch (RejectedExecutionException full) {
      answers.send(calls.busy(body), request, response, callback);
    }
  }

  private static Caller caller(Request request) {
    EndPoint socket = request.getConnectionMetaData().getConnection().getEndPoint();
    return new Caller(Proofs.of(request), Request.getRemoteAddr(request), socket::isOpen);
  }
}
