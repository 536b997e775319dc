package io.plumbline.demo;

import io.plumbline.definitions.DefinitionFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files that are shipped for one company, be it from a folder of classes or from a jar. */
public final class Resources {
  private final String company;

  public Resources(String company) {
    this.company = company;
  }

  /** One file under its name. */
  public DefinitionFile file(String name) {
    try (InputStream in = location(name).openStream()) {
      return new DefinitionFile(label(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new DemoException("The shipped file " + label(name) + " can't be read: " + e, e);
    }
  }

  /** The files of a folder with this ending, in the order of their names. */
  public List<DefinitionFile> folder(String name, String ending) {
    try {
      URI uri = location(name).toURI();
      if (!"jar".equals(uri.getScheme())) {
        return read(Path.of(uri), name, ending);
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.getPath("/io/plumbline/demo/" + label(name)), name, ending);
      }
    } catch (IOException | URISyntaxException e) {
      throw new DemoException("The shipped folder " + label(name) + " can't be read: " + e, e);
    }
  }

  private List<DefinitionFile> read(Path folder, String name, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ending))
          .sorted()
          .map(file -> file(name + "/" + file))
          .toList();
    }
  }

  private URL location(String name) {
    URL url = Resources.class.getResource(label(name));
    if (url == null) {
      throw new DemoException("The shipped file " + label(name) + " is missing.");
    }
    return url;
  }

  private String label(String name) {
    return company + "/" + name;
  }
}
