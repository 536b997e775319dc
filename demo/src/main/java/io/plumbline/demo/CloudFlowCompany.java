package io.plumbline.demo;

import io.plumbline.demo.cloudflow.CloudFlowLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * A generated software company of 4,200 paying workspaces, three years of history and the dirt of
 * real systems.
 */
public final class CloudFlowCompany implements DemoCompany {

  @Override
  public String name() {
    return "cloudflow";
  }

  @Override
  public LocalDate asOf() {
    return LocalDate.of(2026, 2, 28);
  }

  @Override
  public List<String> schemas() {
    return List.of(
        "app", "stripe", "salesforce", "zendesk", "aws", "finance", "cs", "ml", "ops", "truth");
  }

  @Override
  public List<DemoUser> users() {
    return DemoUser.ofEveryRole("maya.chen@cloudflow.example", "1001");
  }

  @Override
  public String describe(LoadOptions options) {
    return "generator 1 scale " + options.scale() + " seed " + options.seed();
  }

  @Override
  public void load(Connection connection, LoadOptions options, ProgressListener progress)
      throws SQLException {
    if (options.data().isPresent()) {
      throw new DemoException(
          "The company cloudflow is generated and takes no folder. Leave --data out, or choose golden.");
    }
    new CloudFlowLoader(new Resources(name()), options.scale(), options.seed())
        .load(connection, progress);
  }
}
