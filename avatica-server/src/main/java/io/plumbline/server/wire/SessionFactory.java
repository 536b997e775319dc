package io.plumbline.server.wire;

import io.plumbline.engine.Principal;
import io.plumbline.engine.Session;
import java.util.Map;

/** Opens a session of the engine for each connection of a client. */
public interface SessionFactory {

  /**
   * A new session.
   *
   * @param settings session settings by lower-case name, such as {@code time_zone}
   * @throws io.plumbline.engine.QueryException if a setting is not one, or has no such value
   */
  Session open(Principal principal, Map<String, String> settings);
}
