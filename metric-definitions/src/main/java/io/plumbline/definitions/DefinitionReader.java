package io.plumbline.definitions;

import io.plumbline.definitions.reader.Load;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads definition files into a model.
 *
 * <p>A load is all or nothing: either every file is sound, or a {@link DefinitionException} tells
 * every problem of all of them.
 */
public final class DefinitionReader {

  /** Under {@code canonical/}; a resource folder can't be listed. */
  private static final List<String> CANONICAL =
      List.of(
          "contracts.yaml",
          "contracts-satisfaction.yaml",
          "contracts-billing.yaml",
          "contracts-success.yaml",
          "contracts-product.yaml",
          "revenue.yaml",
          "movements.yaml",
          "retention.yaml",
          "churn-bases.yaml",
          "account-movements.yaml",
          "trials.yaml",
          "usage.yaml",
          "cohorts.yaml",
          "nps.yaml",
          "nps-bands.yaml",
          "reconciliation.yaml",
          "portfolio.yaml",
          "health.yaml",
          "unit_economics.yaml",
          "boards.yaml");

  private final List<DefinitionFile> base;

  private DefinitionReader(List<DefinitionFile> base) {
    this.base = List.copyOf(base);
  }

  /** A reader of files that stand on the canonical contracts and metrics. */
  public static DefinitionReader withCanonical() {
    return new DefinitionReader(CANONICAL.stream().map(DefinitionReader::canonical).toList());
  }

  /** A reader of files that stand alone. */
  public static DefinitionReader withoutCanonical() {
    return new DefinitionReader(List.of());
  }

  /**
   * The model of these files, in name order whatever the order of the list.
   *
   * @throws DefinitionException with every problem of the load
   */
  public SemanticModel read(List<DefinitionFile> files) throws DefinitionException {
    return new Load(base, files).model();
  }

  /**
   * The model of the files directly in a folder that end in {@code .yaml} or {@code .yml}.
   *
   * @throws IOException if the folder or a file can't be read
   * @throws DefinitionException with every problem of the load
   */
  public SemanticModel read(Path folder) throws IOException, DefinitionException {
    List<DefinitionFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.filter(DefinitionReader::isDefinition).toList()) {
        files.add(file(path));
      }
    }
    return read(files);
  }

  /** What is not UTF-8 becomes a problem of the load, with its place. */
  private static DefinitionFile file(Path path) throws IOException {
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    return new DefinitionFile(path.getFileName().toString(), text);
  }

  private static boolean isDefinition(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static DefinitionFile canonical(String name) {
    String resource = "canonical/" + name;
    try (InputStream text = DefinitionReader.class.getResourceAsStream(resource)) {
      if (text == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return new DefinitionFile(resource, new String(text.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("can't read resource " + resource, e);
    }
  }
}
