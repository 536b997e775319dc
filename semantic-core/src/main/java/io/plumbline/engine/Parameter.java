package io.plumbline.engine;

/** A {@code ?} of a statement: the type that its value is converted to. */
public record Parameter(ResultColumn.Type type) {}
