package io.plumbline.definitions;

/**
 * Rows that every metric leaves out and a data-quality metric counts.
 *
 * @param label what they are, such as {@code internal accounts}
 * @param when true for a row to leave out; over columns of the dataset, or {@code joined.column}
 */
public record Exclusion(String label, Expression when) {}
