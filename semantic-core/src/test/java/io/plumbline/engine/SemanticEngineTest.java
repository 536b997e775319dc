package io.plumbline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SemanticEngineTest {
  private static GoldenEngine golden;

  @BeforeAll
  static void start() throws Exception {
    golden = new GoldenEngine();
  }

  @AfterAll
  static void stop() {
    golden.close();
  }

  @Test
  void scratch() throws Exception {
    try (Session session = golden.engine().open(GoldenEngine.ADMIN)) {
      for (String sql :
          java.nio.file.Files.readString(java.nio.file.Path.of("/tmp/scratch.sql")).split(";\n")) {
        System.out.println(">> " + sql);
        try {
          golden.rows(session, sql).stream().limit(60).forEach(r -> System.out.println("   " + r));
        } catch (Throwable e) {
          System.out.println("   !! " + e);
          if (!(e instanceof QueryException) || String.valueOf(e.getMessage()).contains("internal"))
            e.printStackTrace(System.out);
        }
      }
    }
    assertThat(true).isTrue();
  }
}
