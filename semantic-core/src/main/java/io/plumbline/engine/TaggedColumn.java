package io.plumbline.engine;

/**
 * A column that the policy has a tag for.
 *
 * @param owner the table as {@code schema.table}, or the dataset
 * @param ofDataset whether the owner is a dataset
 * @param classification such as {@code PII}; empty for none
 * @param audited whether its use is marked in the audit
 */
public record TaggedColumn(
    String owner, String column, boolean ofDataset, String classification, boolean audited) {

  public String name() {
    return owner + "." + column;
  }
}
