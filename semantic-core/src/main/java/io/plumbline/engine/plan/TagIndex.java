package io.plumbline.engine.plan;

import io.plumbline.engine.TaggedColumn;
import io.plumbline.engine.catalog.Origin;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/** Finds the tagged columns that a plan reads; a column of a dataset is read with its origins. */
final class TagIndex {

  private final Map<TaggedColumn, Set<Origin>> origins = new HashMap<>();
  private final Set<String> tables = new HashSet<>();

  TagIndex(List<TaggedColumn> tags, DatasetLineage lineage) {
    for (TaggedColumn tag : tags) {
      Set<Origin> sources = sources(tag, lineage);
      if (!sources.isEmpty()) {
        origins.put(tag, sources);
        sources.forEach(o -> tables.add(o.schema() + "." + o.table()));
      }
    }
  }

  private static Set<Origin> sources(TaggedColumn tag, DatasetLineage lineage) {
    Set<Origin> sources = new HashSet<>();
    if (tag.ofDataset()) {
      lineage.column(tag.owner(), tag.column()).origins().forEach(o -> sources.add(o.computed()));
    } else {
      int dot = tag.owner().indexOf('.');
      sources.add(
          new Origin(
              tag.owner().substring(0, dot), tag.owner().substring(dot + 1), tag.column(), false));
    }
    return sources;
  }

  /**
   * The tagged columns in a plan.
   *
   * @param scanned names of the tables in it
   */
  List<TaggedColumn> readBy(RelNode plan, Set<String> scanned) {
    if (scanned.stream().noneMatch(tables::contains)) {
      return List.of();
    }
    Set<Origin> read = ReadColumns.of(plan);
    return origins.entrySet().stream()
        .filter(tag -> read.containsAll(tag.getValue()))
        .map(Map.Entry::getKey)
        .sorted(java.util.Comparator.comparing(TaggedColumn::name))
        .toList();
  }
}
