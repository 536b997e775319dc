package io.plumbline.engine;

import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.GoldenCompany;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The one PostgreSQL of all tests of the engine, with the golden company in it; given to test
 * classes that ask for it, or for an engine over it.
 */
public final class TestWarehouse implements AutoCloseable {

  private final EmbeddedWarehouse postgres;
  private final Set<String> created = new HashSet<>();

  private TestWarehouse() {
    try {
      postgres = EmbeddedWarehouse.start(Optional.empty());
      new GoldenCompany().loadInto(postgres, LoadOptions.SMALL, ProgressListener.SILENT);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  EmbeddedWarehouse postgres() {
    return postgres;
  }

  /** The same with a schema that a script creates, unless it did already. */
  synchronized TestWarehouse with(String schema, String script) {
    if (created.add(schema)) {
      create(schema, script);
    }
    return this;
  }

  private void create(String schema, String script) {
    try (Connection owner = postgres.owner();
        var statement = owner.createStatement()) {
      statement.execute(script);
      postgres.publish(List.of(schema));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    postgres.close();
  }

  /** Gives parameters of tests. */
  public static final class Provider implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(TestWarehouse.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      Class<?> type = parameter.getParameter().getType();
      return type == TestWarehouse.class || TestEngine.class.isAssignableFrom(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      var store = test.getRoot().getStore(NAMESPACE);
      TestWarehouse warehouse =
          store.computeIfAbsent(
              TestWarehouse.class, type -> new TestWarehouse(), TestWarehouse.class);
      Class<?> type = parameter.getParameter().getType();
      if (type == GoldenEngine.class) {
        return store.computeIfAbsent(type, t -> new GoldenEngine(warehouse), GoldenEngine.class);
      }
      return type == Bakery.class
          ? store.computeIfAbsent(type, t -> new Bakery(warehouse), Bakery.class)
          : warehouse;
    }
  }
}
