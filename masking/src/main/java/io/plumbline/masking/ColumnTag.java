package io.plumbline.masking;

import io.plumbline.definitions.Position;
import io.plumbline.engine.TaggedColumn;
import java.util.Optional;
import java.util.Set;

/**
 * What a column of a table or of a dataset is, and who sees it how.
 *
 * @param appliesTo whom the mask is for
 * @param exemptRoles roles that see the value
 * @param aggregatesDenied whether metrics over the column are hidden where it is masked
 * @param audited whether its use is marked in the audit
 * @param at where the column is named
 */
public record ColumnTag(
    Target target,
    Optional<String> classification,
    MaskPolicy mask,
    RoleSet appliesTo,
    Set<String> exemptRoles,
    boolean aggregatesDenied,
    boolean audited,
    Position at) {

  /** Whose column it is. */
  public sealed interface Target {

    String column();

    /** The table as {@code schema.table}, or the dataset. */
    String owner();

    /** A column of a source table. */
    record OfTable(TableName table, String column) implements Target {
      @Override
      public String owner() {
        return table.toString();
      }
    }

    /** A column of a dataset. */
    record OfDataset(String dataset, String column) implements Target {
      @Override
      public String owner() {
        return dataset;
      }
    }
  }

  public ColumnTag {
    exemptRoles = Set.copyOf(exemptRoles);
  }

  boolean masksSomebody() {
    return !(mask instanceof MaskPolicy.None);
  }

  /** Whether somebody with these roles gets the mask: one exempt role is enough to see. */
  boolean masks(Set<String> roles) {
    return masksSomebody()
        && (appliesTo.everyone() || roles.stream().anyMatch(appliesTo::has))
        && roles.stream().noneMatch(exemptRoles::contains);
  }

  TaggedColumn forAudit() {
    return new TaggedColumn(
        target.owner(),
        target.column(),
        target instanceof Target.OfDataset,
        classification.orElse(""),
        audited);
  }

  boolean isOf(String schema, String table, String column) {
    return target.equals(new Target.OfTable(new TableName(schema, table), column));
  }
}
