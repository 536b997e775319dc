package io.plumbline.server.wire;

import io.plumbline.engine.Principal;
import io.plumbline.engine.Session;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Opens a session of the engine for each connection of a client. */
public interface SessionFactory {

  /**
   * A new session.
   *
   * @param settings session settings by lower-case name, such as {@code time_zone}
   * @throws io.plumbline.engine.QueryException if a setting is not one, or has no such value
   */
  Session open(Principal principal, Map<String, String> settings);

  /** Whether the principal may open sessions for other users, with their rights. */
  default boolean mayActForOthers(Principal principal) {
    return false;
  }

  /** Opens sessions by a function and makes the settings on each; nobody acts for others. */
  static SessionFactory of(Function<Principal, Session> open) {
    return of(open, principal -> false);
  }

  /** Opens sessions by functions, such as the engine's, and makes the settings on each. */
  static SessionFactory of(Function<Principal, Session> open, Predicate<Principal> actsForOthers) {
    return new SessionFactory() {
      @Override
      public Session open(Principal principal, Map<String, String> settings) {
        Session session = open.apply(principal);
        try {
          settings.forEach(session::set);
          return session;
        } catch (RuntimeException e) {
          session.close();
          throw e;
        }
      }

      @Override
      public boolean mayActForOthers(Principal principal) {
        return actsForOthers.test(principal);
      }
    };
  }
}
