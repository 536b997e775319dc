package io.plumbline.engine;

import java.util.List;

/**
 * What a statement touches, for the audit.
 *
 * @param tables that it names, and source tables that it reads, as {@code schema.table}
 * @param tagged columns of the policy's tags that it reads
 * @param policies by name that were applied to it
 * @param templates that it calls, by name
 */
public record QueryFacts(
    List<String> tables, List<TaggedColumn> tagged, List<String> policies, List<String> templates) {

  /** Of a statement that reads no table. */
  public static final QueryFacts NONE = new QueryFacts(List.of(), List.of(), List.of(), List.of());

  public QueryFacts {
    tables = List.copyOf(tables);
    tagged = List.copyOf(tagged);
    policies = List.copyOf(policies);
    templates = List.copyOf(templates);
  }

  /** The same of a statement that calls templates. */
  public QueryFacts calling(List<String> names) {
    return new QueryFacts(tables, tagged, policies, names);
  }
}
