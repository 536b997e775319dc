package io.plumbline.server.wire;

import io.plumbline.engine.Principal;
import io.plumbline.server.audit.AuditEvent;
import io.plumbline.server.audit.AuditLog;
import io.plumbline.server.auth.AuthenticationException;
import io.plumbline.server.auth.Authenticator;
import java.util.Optional;

/**
 * Finds out who calls: by what comes with each call (HTTP BASIC, a bearer token, a certificate), or
 * by the properties of a new connection.
 */
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

  /**
   * Who sends a call, if something that came with it tells. A certificate that is no user's tells
   * nothing; its client may still give a password.
   */
  Optional<Proven> proven(Caller caller) {
    return caller.proof().flatMap(proof -> proven(proof, caller));
  }

  private Optional<Proven> proven(Proof proof, Caller caller) {
    if (proof instanceof Proof.Basic sent) {
      return Optional.of(
          new Proven(verify(sent.name(), sent.password(), caller, "basic"), "basic"));
    }
    if (proof instanceof Proof.Bearer sent) {
      Check check = () -> authenticator.authenticate(sent.token(), caller.address());
      return Optional.of(new Proven(verify("", caller, "token", check), "token"));
    }
    return authenticator
        .find(((Proof.Certificate) proof).subject())
        .map(principal -> new Proven(principal, "certificate"));
  }

  /**
   * Who opens a connection.
   *
   * @param proven by what came with the call
   */
  Principal principal(Optional<Proven> proven, OpenProperties properties, Caller caller) {
    Principal verified =
        proven.isPresent()
            ? sameUser(proven.get(), properties, caller)
            : byPassword(properties, caller);
    return properties.asUser().map(user -> asked(verified, user, caller)).orElse(verified);
  }

  /**
   * The end user for whom a service account asks. That there is no such user is told to service
   * accounts only; they do not act for each other.
   */
  private Principal asked(Principal service, String user, Caller caller) {
    if (!sessions.mayActForOthers(service)) {
      refused(service.name(), caller, "as_user", "42501");
      throw Refusal.of("42501", "you may not act for another user: leave out as_user");
    }
    Optional<Principal> end =
        authenticator.find(user).filter(found -> !sessions.mayActForOthers(found));
    if (end.isEmpty()) {
      refused(service.name(), caller, "as_user", "28000");
      throw Refusal.of("28000", "there is no user to act for of that name");
    }
    return end.get().askedBy(service.name());
  }

  private Principal sameUser(Proven proven, OpenProperties properties, Caller caller) {
    Principal principal = proven.principal();
    if (properties.user().filter(asked -> !asked.equals(principal.name())).isPresent()) {
      refused(principal.name(), caller, proven.method(), "28000");
      throw Refusal.of(
          "28000", "the user of the connection is not the one of its " + proven.method());
    }
    return principal;
  }

  /** A name without a password is no attempt: its client may have a token to send when asked. */
  private Principal byPassword(OpenProperties properties, Caller caller) {
    if (properties.user().isPresent() && properties.password().isPresent()) {
      return verify(properties.user().get(), properties.password().get(), caller, "password");
    }
    if (caller.proof().orElse(null) instanceof Proof.Certificate sent) {
      Check check = () -> authenticator.authenticate(sent.subject(), caller.address());
      return verify(sent.subject().getName(), caller, "certificate", check);
    }
    throw new Unauthenticated();
  }

  private interface Check {
    Principal principal() throws AuthenticationException;
  }

  private Principal verify(String name, String password, Caller caller, String method) {
    return verify(
        name, caller, method, () -> authenticator.authenticate(name, password, caller.address()));
  }

  /**
   * Verifies credentials.
   *
   * @param name as it is claimed
   */
  private Principal verify(String name, Caller caller, String method, Check check) {
    try {
      return check.principal();
    } catch (AuthenticationException e) {
      if (e.isNews()) {
        refused(shortened(name), caller, method, e.sqlState());
      }
      throw new LoginFailed(e);
    }
  }

  private void refused(String name, Caller caller, String method, String sqlState) {
    audit.note(new AuditEvent.LoginRefused(name, caller.address(), method, sqlState));
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
  void opened(Principal principal, Optional<Proven> proven, Caller caller) {
    long unused =
        audit.append(
            new AuditEvent.LoggedIn(
                principal.name(),
                principal.roles().stream().sorted().toList(),
                principal.by().orElse(""),
                caller.address(),
                proven.map(Proven::method).orElse("password")));
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
   * No credentials at all. Answered with 401, at which a client that has them for BASIC, or a
   * token, sends them.
   */
  static final class Unauthenticated extends RuntimeException {
    Unauthenticated() {
      super("28000: who are you? Give the connection properties user and password");
    }
  }
}
