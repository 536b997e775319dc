package io.plumbline.it.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fenced blocks of the README. */
final class Readme {

  /**
   * A fenced block.
   *
   * @param language what stands behind the opening fence
   * @param line of the opening fence
   * @param output the block of {@code text} that follows at once: what the block answers
   */
  record Block(String language, int line, String text, Optional<String> output) {

    /** The statements of a block of SQL that ends each with a semicolon at the end of a line. */
    List<String> statements() {
      List<String> statements = new ArrayList<>();
      for (String statement : text.split(";[ \t]*(--[^\n]*)?\n")) {
        if (!statement.isBlank()) {
          statements.add(statement.strip());
        }
      }
      return statements;
    }

    @Override
    public String toString() {
      return "README.md:" + line;
    }
  }

  private final List<Block> blocks;

  private Readme(List<Block> blocks) {
    this.blocks = blocks;
  }

  static Readme read() throws IOException {
    List<String> lines = Files.readAllLines(Repository.ROOT.resolve("README.md"));
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        Block block = block(lines, i);
        i += block.text().lines().count() + 1;
        add(blocks, block, lines.get(i - (int) block.text().lines().count() - 2));
      }
    }
    return new Readme(List.copyOf(blocks));
  }

  private static Block block(List<String> lines, int start) {
    int end = start + 1;
    while (!lines.get(end).startsWith("```")) {
      end++;
    }
    StringBuilder text = new StringBuilder();
    lines.subList(start + 1, end).forEach(line -> text.append(line).append('\n'));
    String language = lines.get(start).substring(3).strip();
    return new Block(language, start + 1, text.toString(), Optional.empty());
  }

  /** A block of text right behind another block belongs to it. */
  private static void add(List<Block> blocks, Block block, String lineBefore) {
    if (block.language().equals("text") && lineBefore.equals("```")) {
      Block asked = blocks.remove(blocks.size() - 1);
      blocks.add(
          new Block(asked.language(), asked.line(), asked.text(), Optional.of(block.text())));
    } else {
      blocks.add(block);
    }
  }

  List<Block> blocks(String language) {
    return blocks.stream().filter(block -> block.language().equals(language)).toList();
  }

  /** The only block in this language that holds a word. */
  Block block(String language, String word) {
    List<Block> found =
        blocks(language).stream().filter(block -> block.text().contains(word)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          found.size() + " blocks of " + language + " with '" + word + "' in the README");
    }
    return found.get(0);
  }
}
