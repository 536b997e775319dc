package io.plumbline.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the company that it names with {@link Company}. Each company is started once for all
 * tests of a run and closed at its end.
 */
final class Companies implements ParameterResolver {

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
        .computeIfAbsent(name, RunningCompany::start, RunningCompany.class);
  }
}
