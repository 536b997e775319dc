package io.plumbline.engine.warehouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the login of the warehouse may do beyond reading. PostgreSQL's rights are the second line
 * behind governance, and a login that owns or writes tables gives it up.
 */
final class LoginRights {

  private static final String ATTRIBUTES =
      """
      select rolsuper, rolbypassrls, rolcreaterole or rolcreatedb
      from pg_catalog.pg_roles
      where rolname = current_user
      """;

  /** Tables that the login owns, also by being a member of their owner; and that it may change. */
  private static final String TABLES =
      """
      select count(*) filter (where pg_has_role(c.relowner, 'MEMBER')),
             count(*) filter (where has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'f')
        and n.nspname not in ('pg_catalog', 'information_schema')
        and n.nspname not like 'pg\\_%'
      """;

  private LoginRights() {}

  /** What is more than needed, a sentence for each. */
  static List<String> beyondReading(Connection connection) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet role = statement.executeQuery(ATTRIBUTES)) {
        role.next();
        if (role.getBoolean(1)) {
          return List.of("it is a superuser, whom no right and no row-level security holds");
        }
        if (role.getBoolean(2)) {
          found.add("it bypasses row-level security");
        }
        if (role.getBoolean(3)) {
          found.add("it may create roles or databases");
        }
      }
      try (ResultSet tables = statement.executeQuery(TABLES)) {
        tables.next();
        add(found, "it owns %d tables", tables.getLong(1));
        add(found, "it may write to %d tables", tables.getLong(2));
      }
    }
    return found;
  }

  private static void add(List<String> found, String sentence, long tables) {
    if (tables > 0) {
      found.add(String.format(Locale.ROOT, sentence, tables));
    }
  }
}
