package io.plumbline.definitions.reader;

/** Rows that canonical metrics rest on, and that a company's mapping must provide. */
record ContractDeclaration(Name name, String description, Shape shape) {}
