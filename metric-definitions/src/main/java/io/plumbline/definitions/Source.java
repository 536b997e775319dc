package io.plumbline.definitions;

/** Where the rows of a dataset come from. */
public sealed interface Source {

  /** A table of the warehouse. */
  record Table(String schema, String name, Position at) implements Source {}

  /** A query over tables of the warehouse. */
  record Query(Expression sql) implements Source {}
}
