package io.plumbline.server.http;

/** The server can't start, in words for whoever starts it. */
public final class ServerStartException extends RuntimeException {

  ServerStartException(String message) {
    super(message);
  }

  ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
