package io.plumbline.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadTest {

  @Test
  void percentilesAreValuesThatWereMet() {
    long[] millis = LongStream.rangeClosed(1, 200).map(i -> i * 1_000_000).toArray();

    assertThat(Load.of(millis, Duration.ofSeconds(2))).isEqualTo(new Load(100, 100, 198));
  }

  @Test
  void oneAnswerIsEveryPercentile() {
    assertThat(Load.of(new long[] {5_000_000}, Duration.ofSeconds(1))).isEqualTo(new Load(1, 5, 5));
  }
}
