package io.plumbline.definitions;

/** The text of one definition file, under the name that errors give it. */
public record DefinitionFile(String name, String text) {}
