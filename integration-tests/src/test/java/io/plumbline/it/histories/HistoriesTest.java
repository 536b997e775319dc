package io.plumbline.it.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every movement and retention metric over random histories, against plain Java. */
class HistoriesTest {

  private static final int HISTORIES = 500;

  /** Seeds that once failed stay; {@code -Dplumbline.seed} asks for another one. */
  static List<Long> seeds() {
    return List.of(Long.getLong("plumbline.seed", 3L));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theEngineAndTheReferenceAgreeOnEveryCell(long seed) throws Exception {
    assertThat(HistoriesRun.differences(seed, HISTORIES)).isEmpty();
  }
}
