package io.plumbline.server.wire;

import io.plumbline.server.audit.AuditLog;
import io.plumbline.server.auth.Authenticator;
import java.io.IOException;
import java.util.Optional;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.Service;

/** Answers Avatica's calls, whatever transport they come over. */
public final class AvaticaCalls implements AutoCloseable {

  private final Codec json = new JsonCodec();
  private final Codec protobuf = new ProtobufCodec();
  private final Login login;
  private final Connections connections;
  private final WireLimits limits;

  public AvaticaCalls(
      SessionFactory sessions, Authenticator authenticator, AuditLog audit, WireLimits limits) {
    this.login = new Login(authenticator, sessions, audit);
    this.connections = new Connections(sessions, limits, audit);
    this.limits = limits;
  }

  /** A request is JSON if it begins with a brace, which protobuf's never do. */
  private Codec codec(byte[] request) {
    return request.length > 0 && request[0] == '{' ? json : protobuf;
  }

  /** Answers one call; never throws. May wait for a result for as long as the limits say. */
  public Answer answer(byte[] body, Caller caller) {
    Codec codec = codec(body);
    Service.Request request;
    try {
      request = codec.decode(body);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return answer(codec, Failure.notAvatica());
    }
    try {
      Optional<Proven> proven = login.proven(caller);
      PlumblineMeta meta = new PlumblineMeta(connections, login, proven, caller, codec, limits);
      return new Answer(200, codec.encode(Dispatch.apply(request, new LocalService(meta))));
    } catch (Throwable e) {
      return answer(codec, Failure.of(e));
    }
  }

  /** What a caller is told when there is nobody to answer its call. */
  public Answer busy(byte[] body) {
    Refusal refusal = Refusal.of("53300", "the server has too many calls to answer; try again");
    return answer(codec(body), Failure.of(refusal));
  }

  private static Answer answer(Codec codec, Failure failure) {
    try {
      return new Answer(failure.status(), codec.encode(failure.response()));
    } catch (IOException e) {
      throw new IllegalStateException("an error can't be encoded", e);
    }
  }

  public Activity activity() {
    return connections.activity();
  }

  /**
   * Closes all connections of a user, those opened for others included, canceling what runs; how
   * many there were.
   */
  public int disconnect(String user) {
    return connections.closeIf(
        connection ->
            connection.principal().name().equals(user)
                || connection.principal().login().equals(user));
  }

  /** Cancels all statements and closes all connections. */
  @Override
  public void close() {
    connections.close();
  }
}
