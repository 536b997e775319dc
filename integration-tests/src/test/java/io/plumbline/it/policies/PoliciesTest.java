package io.plumbline.it.policies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Under any policy a query gives what it gives over data in which mask and filter came first,
 * errors included.
 */
class PoliciesTest {

  private static final long SEED = Long.getLong("policies.seed", 1);
  private static final int POLICIES = Integer.getInteger("policies", 60);
  private static final int QUERIES = 25;

  @Test
  void aQuerySeesTheDataAsIfMaskAndFilterCameFirst() throws Exception {
    try (PoliciesRun run = PoliciesRun.start()) {
      assertThat(run.difference(SEED, POLICIES, QUERIES)).isEmpty();
      PoliciesRun.Tally tally = run.tally();
      assertThat(tally.changed()).as(tally.toString()).isGreaterThan(tally.asked() / 5);
      assertThat(tally.failed()).as(tally.toString()).isGreaterThan(20);
    }
  }
}
