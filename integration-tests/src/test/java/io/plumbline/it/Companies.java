package io.plumbline.it;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the company that it names with {@link Company}. Each company is started once for all
 * tests of a run and closed at its end.
 */
public final class Companies implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(Companies.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningCompany.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    String name =
        parameter
            .findAnnotation(Company.class)
            .map(Company::value)
            .orElseThrow(
                () -> new IllegalStateException("Say which company: @Company(\"golden\")"));
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(name, Started::new, Started.class)
        .company();
  }

  /** A company, or why it did not start: the next test need not try again. */
  private static final class Started implements AutoCloseable {

    private final CompletableFuture<RunningCompany> company = new CompletableFuture<>();

    private Started(String name) {
      try {
        company.complete(RunningCompany.start(name));
      } catch (RuntimeException e) {
        company.completeExceptionally(e);
      }
    }

    RunningCompany company() {
      return company.join();
    }

    @Override
    public void close() {
      if (!company.isCompletedExceptionally()) {
        company.join().close();
      }
    }
  }
}
