package io.plumbline.it.mutants;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes, or methods as {@code class#method}, in the process of a mutant. */
final class TestRun {

  private TestRun() {}

  /** Ends with {@link Suite#NOTICED} at the first test that fails; without any test it fails. */
  public static void main(String[] names) {
    List<? extends DiscoverySelector> selectors =
        Arrays.stream(names).map(TestRun::selector).toList();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener, new EndAtFailure());
    TestExecutionSummary summary = listener.getSummary();
    if (summary.getTestsSucceededCount() == 0 || summary.getTotalFailureCount() > 0) {
      throw new IllegalStateException("no test was run, or not all of them");
    }
    System.exit(0);
  }

  private static DiscoverySelector selector(String name) {
    return name.contains("#")
        ? DiscoverySelectors.selectMethod(name)
        : DiscoverySelectors.selectClass(name);
  }

  /** What a test says when it fails is enough; a class that can't even start is no test. */
  private static final class EndAtFailure implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      Optional<Throwable> failure = result.getThrowable();
      if (test.isTest()
          && result.getStatus() == TestExecutionResult.Status.FAILED
          && failure.isPresent()) {
        String said = failure.get().toString().replaceAll("\\s+", " ");
        System.out.println("noticed by " + test.getDisplayName() + ": " + said);
        System.out.flush();
        // Shutdown hooks stop the PostgreSQL of the test.
        System.exit(Suite.NOTICED);
      }
    }
  }
}
