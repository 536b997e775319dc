package io.plumbline.server.http;

import io.plumbline.server.wire.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers to HTTP. */
final class HttpAnswer {

  private static final int LARGE = 8 << 10;

  private final ServerSettings settings;

  HttpAnswer(ServerSettings settings) {
    this.settings = settings;
  }

  void send(Answer answer, Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(answer.status());
    headers.put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
    if (answer.status() == 401) {
      headers.add(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"plumbline\", charset=\"UTF-8\"");
      headers.add(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"plumbline\"");
    }
    // Stock clients drop a socket that was idle for longer than the server says, or three minutes;
    // a socket that is gone is taken for a client that is gone.
    headers.put(HttpHeader.KEEP_ALIVE, "timeout=" + settings.limits().connectionIdle().toSeconds());
    byte[] body = answer.body();
    if (body.length > LARGE && mayCompress(request)) {
      body = compress(body);
      headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
      headers.put(HttpHeader.VARY, "Accept-Encoding");
    }
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** A short text for people and load balancers. */
  static void sendText(int status, String type, String text, Response response, Callback callback) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private boolean mayCompress(Request request) {
    return switch (settings.compression()) {
      case NEVER -> false;
      case ALWAYS -> accepts(request);
      case REMOTE -> accepts(request) && isRemote(request);
    };
  }

  private static boolean accepts(Request request) {
    return request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip");
  }

  static boolean isRemote(Request request) {
    SocketAddress address = request.getConnectionMetaData().getRemoteSocketAddress();
    return !(address instanceof InetSocketAddress inet && inet.getAddress().isLoopbackAddress());
  }

  /** Rows shrink to a fifth at the fastest level; slower levels gain little. */
  private static byte[] compress(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new FastGzip(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new IllegalStateException("memory can't be written", e);
    }
    return bytes.toByteArray();
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream bytes) throws IOException {
      super(bytes, LARGE);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
