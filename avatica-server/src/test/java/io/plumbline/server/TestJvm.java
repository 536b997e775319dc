package io.plumbline.server;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Another process with the class path of the tests, which can be killed without them. */
public final class TestJvm {

  private TestJvm() {}

  /** What it prints is to be read, or discarded, by whoever starts it. */
  public static ProcessBuilder of(Class<?> main, String... arguments) {
    List<String> jvm =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    return new ProcessBuilder(Stream.concat(jvm.stream(), Stream.of(arguments)).toList())
        .redirectErrorStream(true);
  }
}
