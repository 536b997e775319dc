package io.plumbline.server.auth;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The users that exist, by name. Names are case-sensitive. */
public final class Users {

  private final Map<String, User> byName;

  /**
   * @throws IllegalArgumentException if two of them have the same name
   */
  public Users(Collection<User> users) {
    List<User> all = List.copyOf(users);
    byName = all.stream().collect(Collectors.toMap(User::name, Function.identity(), Users::twice));
  }

  private static User twice(User first, User second) {
    throw new IllegalArgumentException("user '" + second.name() + "' stands twice");
  }

  public Optional<User> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<User> all() {
    return byName.values();
  }
}
