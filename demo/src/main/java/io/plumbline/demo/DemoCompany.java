package io.plumbline.demo;

import io.plumbline.definitions.DefinitionFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** A company whose data, definitions, policy and users come with the product. */
public sealed interface DemoCompany permits CloudFlowCompany, GoldenCompany {

  /** Every demo company, the default first. */
  static List<DemoCompany> all() {
    return List.of(new CloudFlowCompany(), new GoldenCompany());
  }

  /** The company of this name. */
  static DemoCompany named(String name) {
    return all().stream()
        .filter(company -> company.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DemoException(
                    "There is no demo company '"
                        + name
                        + "'. Choose one of: "
                        + all().stream().map(DemoCompany::name).collect(Collectors.joining(", "))
                        + "."));
  }

  String name();

  /** The company's today. */
  LocalDate asOf();

  /** The schemas of its source tables. */
  List<String> schemas();

  /** Mapping, metrics and views of the company. */
  default List<DefinitionFile> definitions() {
    return new Resources(name()).folder("definitions", ".yaml");
  }

  /** The policy file: roles and what they may see. */
  default DefinitionFile policy() {
    return new Resources(name()).file("policy.yaml");
  }

  /** Who may log in, with the roles and attributes that the policy reads. */
  List<DemoUser> users();

  /**
   * What the choices mean for this company; the same text means the same data.
   *
   * @throws DemoException if they can't be loaded for a reason that is seen without a warehouse
   */
  String describe(LoadOptions options);

  /**
   * Creates the schemas and loads them. The connection is inside a transaction, which the caller
   * commits.
   *
   * @throws DemoException if the options don't fit this company or its input files are wrong
   */
  void load(Connection connection, LoadOptions options, ProgressListener progress)
      throws SQLException;

  /**
   * Loads the company unless the warehouse holds exactly this data already; the reader may read it
   * then.
   */
  default void loadInto(EmbeddedWarehouse warehouse, LoadOptions options, ProgressListener progress)
      throws SQLException {
    try (Connection connection = warehouse.owner()) {
      new CompanyLoad(this, options).run(connection, progress);
    }
    warehouse.publish(schemas());
  }
}
