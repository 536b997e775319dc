package io.plumbline.server.wire;

import io.plumbline.engine.Principal;
import io.plumbline.server.audit.AuditEvent;
import io.plumbline.server.audit.AuditLog;
import io.plumbline.server.auth.AuthenticationException;
import io.plumbline.server.auth.Authenticator;
import java.util.Optional;

/** Finds out who calls: by HTTP BASIC on each call, or by the properties of a new connection. */
final class Login {

  private static final int LONGEST_NAME = 64;

  private final Authenticator authenticator;
  private final SessionFactory sessions;
  private final AuditLog audit;

  Login(Authenticator authenticator, SessionFactory sessions, AuditLog audit) {
    this.authenticator = authenticator;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** Who sent this BASIC header, if there is one. */
  Optional<Principal> basic(Caller caller) {
    return caller.basic().map(sent -> verify(sent.name(), sent.password(), caller, "basic"));
  }

  /**
   * Who opens a connection.
   *
   * @param basic who was verified by HTTP BASIC
   */
  Principal principal(Optional<Principal> basic, OpenProperties properties, Caller caller) {
    Principal verified = verified(basic, properties, caller);
    return properties.asUser().map(user -> asked(verified, user, caller)).orElse(verified);
  }

  /**
   * The end user for whom a service account asks. That there is no such user is told to service
   * accounts only; they do not act for each other.
   */
  private Principal asked(Principal service, String user, Caller caller) {
    if (!sessions.mayActForOthers(service)) {
      audit.note(new AuditEvent.LoginRefused(service.name(), caller.address(), "as_user", "42501"));
      throw Refusal.of("42501", "you may not act for another user: leave out as_user");
    }
    return authenticator
        .find(user)
        .filter(end -> !sessions.mayActForOthers(end))
        .map(end -> end.askedBy(service.name()))
        .orElseThrow(() -> Refusal.of("28000", "there is no user to act for of that name"));
  }

  private Principal verified(Optional<Principal> basic, OpenProperties properties, Caller caller) {
    if (basic.isPresent()) {
      String name = basic.get().name();
      if (properties.user().filter(asked -> !asked.equals(name)).isPresent()) {
        throw Refusal.of("28000", "the user of the connection is not the one of HTTP BASIC");
      }
      return basic.get();
    }
    String user = properties.user().orElseThrow(Unauthenticated::new);
    return verify(user, properties.password().orElse(""), caller, "password");
  }

  private Principal verify(String name, String password, Caller caller, String method) {
    try {
      return authenticator.authenticate(name, password, caller.address());
    } catch (AuthenticationException e) {
      if (e.isNews()) {
        audit.note(
            new AuditEvent.LoginRefused(shortened(name), caller.address(), method, e.sqlState()));
      }
      throw new LoginFailed(e);
    }
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
  }

  /**
   * Somebody has opened a connection.
   *
   * @throws io.plumbline.server.audit.AuditUnavailableException if that can't be written; then
   *     nobody is let in
   */
  void opened(Principal principal, boolean basic, Caller caller) {
    long unused =
        audit.append(
            new AuditEvent.LoggedIn(
                principal.name(),
                principal.roles().stream().sorted().toList(),
                principal.by().orElse(""),
                caller.address(),
                basic ? "basic" : "password"));
  }

  /** Credentials that were refused. */
  static final class LoginFailed extends RuntimeException {
    private final String sqlState;

    LoginFailed(AuthenticationException cause) {
      super(cause.getMessage(), cause);
      sqlState = cause.sqlState();
    }

    String sqlState() {
      return sqlState;
    }
  }

  /**
   * No credentials at all. Answered with 401, at which a client that has them for BASIC sends them.
   */
  static final class Unauthenticated extends RuntimeException {
    Unauthenticated() {
      super("28000: who are you? Give the connection properties user and password");
    }
  }
}
