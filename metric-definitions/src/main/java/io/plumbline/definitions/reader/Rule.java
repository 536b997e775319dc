package io.plumbline.definitions.reader;

/** One thing that must hold for the definitions of a load. Its class name says what. */
interface Rule {

  void check(Draft draft, Problems problems);
}
