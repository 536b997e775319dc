package io.plumbline.masking;

import io.plumbline.engine.Access;
import io.plumbline.engine.Benchmark;
import io.plumbline.engine.Governor;
import io.plumbline.engine.Mask;
import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryLimits;
import io.plumbline.engine.SourceScan;
import io.plumbline.engine.TaggedColumn;
import io.plumbline.engine.catalog.DatasetColumn;
import io.plumbline.engine.catalog.Origin;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;

/** Applies a policy file: grants of several roles add up, and a denial wins over any grant. */
public final class PolicyGovernor implements Governor {

  private final Policies policies;
  private final MaskSecret secret;
  private final RowRules rowRules;
  private final CompiledRules rules = new CompiledRules();

  public PolicyGovernor(Policies policies, MaskSecret secret) {
    this.policies = policies;
    this.secret = secret;
    this.rowRules = new RowRules(policies);
  }

  // ---- names ----

  @Override
  public boolean maySeeSchema(Principal principal, String schema) {
    Collection<RoleRights> rights = policies.rightsOf(principal);
    return rights.stream().anyMatch(role -> role.allows(schema))
        && rights.stream().noneMatch(role -> role.denies(schema))
        && (minGroupSize(principal).isEmpty() || VisibleCatalog.PATH.contains(schema));
  }

  @Override
  public boolean maySeeTable(Principal principal, String schema, String table) {
    return maySeeSchema(principal, schema);
  }

  @Override
  public boolean maySeeColumn(Principal principal, String schema, String table, String column) {
    return maySeeTable(principal, schema, table) && !isDenied(principal, schema, table, column);
  }

  private boolean isDenied(Principal principal, String schema, String table, String column) {
    return policies.rightsOf(principal).stream()
        .anyMatch(
            role ->
                role.deniesColumn(schema, table, column)
                    || policies.tagsOf(schema, table, column).stream()
                        .flatMap(tag -> tag.classification().stream())
                        .anyMatch(role::deniesClassification));
  }

  @Override
  public boolean maySeeDerived(
      Principal principal, String schema, String name, Supplier<Set<Origin>> origins) {
    Collection<RoleRights> rights = policies.rightsOf(principal);
    if (rights.stream().anyMatch(role -> role.grants(schema, name))) {
      return true;
    }
    int dot = name.indexOf('.');
    if (dot >= 0 && isDenied(principal, schema, name.substring(0, dot), name.substring(dot + 1))) {
      return false;
    }
    boolean deniable =
        rights.stream().anyMatch(RoleRights::deniesAnything)
            || rowRules.filtersEntities(principal)
            || policies.tags().stream().anyMatch(tag -> deniesAggregates(tag, principal));
    return !deniable || origins.get().stream().noneMatch(o -> isDenied(principal, o));
  }

  /** What is made of something unknown may be made of something denied. */
  private boolean isDenied(Principal principal, Origin origin) {
    return origin.schema().isEmpty()
        || policies.rightsOf(principal).stream().anyMatch(role -> role.denies(origin.schema()))
        || isDenied(principal, origin.schema(), origin.table(), origin.column())
        || rowRules.withholds(principal, new TableName(origin.schema(), origin.table()))
        || !origin.direct()
            && policies.tagsOf(origin.schema(), origin.table(), origin.column()).stream()
                .anyMatch(tag -> deniesAggregates(tag, principal));
  }

  private static boolean deniesAggregates(ColumnTag tag, Principal principal) {
    return tag.aggregatesDenied() && tag.masks(principal.roles());
  }

  @Override
  public boolean maySeePhysicalPlan(Principal principal) {
    return policies.knows(principal)
        && principal.roles().stream().anyMatch(policies.physicalPlan()::contains);
  }

  @Override
  public boolean mayActForOthers(Principal principal) {
    return policies.knows(principal)
        && principal.roles().stream().anyMatch(policies.impersonate()::contains);
  }

  @Override
  public boolean masksSomebody(String schema, String table, String column) {
    return policies.tagsOf(schema, table, column).stream().anyMatch(ColumnTag::masksSomebody);
  }

  // ---- rows and values ----

  /**
   * A schema denial looks at the names that a user writes, not at what a metric reads, so a scan of
   * a denied schema stands here for every known principal. An unknown one reads no rows, whatever
   * let the scan come this far.
   */
  @Override
  public RelNode govern(SourceScan scan, Principal principal) {
    if (!policies.knows(principal)) {
      // Not RelBuilder.empty(): a VALUES without rows loses the types of the columns in print.
      return LogicalFilter.create(
          scan.scan(), scan.sources().cluster().getRexBuilder().makeLiteral(false));
    }
    RowConditions conditions =
        new RowConditions(policies, rules, principal, scan.rightsOn(), scan.sources());
    return new GovernedScan(scan, rowRules(scan, principal), conditions, masks(scan, principal))
        .plan();
  }

  @Override
  public RelNode simplified(RelNode governed) {
    return governed.accept(new EntitledJoins());
  }

  /** A benchmark is made of the rows of every entity. */
  private RowRules.Rules rowRules(SourceScan scan, Principal principal) {
    TableName table = TableName.of(scan.table());
    return scan.use() == SourceScan.Use.BENCHMARK && benchmark(principal).isPresent()
        ? rowRules.ofEveryEntity(principal, table)
        : rowRules.of(principal, table);
  }

  private ScanMasks masks(SourceScan scan, Principal principal) {
    return scan.use() == SourceScan.Use.SHOWN
        ? ScanMasks.of(scan.table(), policies, principal, secret)
        : ScanMasks.NONE;
  }

  @Override
  public Optional<Mask> mask(DatasetColumn column, Principal principal) {
    return maskOf(column, principal)
        .map(mask -> (value, rex) -> new MaskExpressions(rex, secret.value()).masked(mask, value));
  }

  /** The mask of a column's one origin is its own; what is computed from a masked one is hidden. */
  private Optional<MaskPolicy> maskOf(DatasetColumn column, Principal principal) {
    ColumnTag.Target own = new ColumnTag.Target.OfDataset(column.dataset(), column.column());
    Optional<MaskPolicy> tagged =
        policies.tags().stream()
            .filter(tag -> tag.target().equals(own) && tag.masks(principal.roles()))
            .map(ColumnTag::mask)
            .findFirst();
    if (tagged.isPresent()) {
      return tagged;
    }
    List<Origin> masked =
        column.origins().stream().filter(o -> tagOf(o, principal).isPresent()).toList();
    if (masked.isEmpty()) {
      return Optional.empty();
    }
    MaskPolicy first = tagOf(masked.get(0), principal).orElseThrow().mask();
    boolean isOwn =
        column.origins().size() == 1
            && masked.get(0).direct()
            && !(first instanceof MaskPolicy.Custom);
    return Optional.of(isOwn ? first : new MaskPolicy.Redact());
  }

  private Optional<ColumnTag> tagOf(Origin origin, Principal principal) {
    return policies.maskOf(origin.schema(), origin.table(), origin.column(), principal);
  }

  @Override
  public QueryLimits limits(Principal principal) {
    return policies.limitsOf(principal);
  }

  /** The largest of all roles: what one role must not see, another one does not open. */
  @Override
  public Optional<Integer> minGroupSize(Principal principal) {
    return policies.rightsOf(principal).stream()
        .flatMap(role -> role.sizeOfEveryGroup().stream())
        .map(RoleRights.GroupSize::entities)
        .max(Comparator.naturalOrder());
  }

  /** What the roles grant together, in groups as large as any of them demands. */
  @Override
  public Optional<Benchmark> benchmark(Principal principal) {
    Collection<RoleRights> rights = policies.rightsOf(principal);
    Set<String> metrics =
        rights.stream()
            .flatMap(role -> role.benchmark().stream())
            .map(RoleRights.Name::text)
            .collect(Collectors.toSet());
    return rights.stream()
        .flatMap(role -> role.minGroupSize().stream())
        .map(RoleRights.GroupSize::entities)
        .max(Comparator.naturalOrder())
        .filter(least -> !metrics.isEmpty())
        .map(least -> new Benchmark(metrics, least));
  }

  // ---- what was done, and what may be ----

  @Override
  public boolean maySeeCatalog(Principal principal) {
    return policies.knows(principal);
  }

  @Override
  public Access access(Principal principal) {
    return new PolicyAccess(policies, rowRules, principal, column -> maskOf(column, principal));
  }

  @Override
  public List<String> appliedTo(WarehouseTable table, Principal principal) {
    if (!policies.knows(principal)) {
      return List.of("no role: no rows");
    }
    List<String> applied = new ArrayList<>(rowRules.of(principal, TableName.of(table)).names());
    table.columns().stream()
        .map(WarehouseTable.Column::name)
        .flatMap(c -> policies.maskOf(table.schema(), table.name(), c, principal).stream())
        .filter(tag -> maySeeColumn(principal, table.schema(), table.name(), tag.target().column()))
        .map(tag -> "masked: " + table.schema() + "." + table.name() + "." + tag.target().column())
        .forEach(applied::add);
    return applied;
  }

  @Override
  public List<TaggedColumn> tags() {
    return policies.tags().stream().map(ColumnTag::forAudit).toList();
  }

  @Override
  public boolean maySeeAuditLog(Principal principal) {
    return policies.knows(principal)
        && principal.roles().stream().anyMatch(policies.auditLog()::contains);
  }

  @Override
  public boolean mayEndStatements(Principal principal) {
    return policies.knows(principal)
        && principal.roles().stream().anyMatch(policies.kill()::contains);
  }

  @Override
  public String version() {
    return Objects.requireNonNull(policies.version());
  }
}
