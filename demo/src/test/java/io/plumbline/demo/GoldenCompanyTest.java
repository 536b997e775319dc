package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenCompanyTest {
  private static EmbeddedWarehouse warehouse;

  private final DemoCompany company = DemoCompany.named("golden");

  @BeforeAll
  static void start() {
    warehouse = EmbeddedWarehouse.start(Optional.empty());
  }

  @AfterAll
  static void stop() {
    warehouse.close();
  }

  @Test
  void everyFileBecomesATable() throws Exception {
    company.loadInto(warehouse, LoadOptions.SMALL, ProgressListener.SILENT);
    List<String> tables = tables();
    assertThat(tables).hasSize(14);
    for (String table : tables) {
      String rows = query("select count(*) from golden.\"" + table + "\"");
      assertThat(rows).as(table).isEqualTo(Long.toString(shipped(table).lines().count() - 1));
    }
  }

  @Test
  void valuesHaveTheirTypes() throws Exception {
    company.loadInto(warehouse, LoadOptions.SMALL, ProgressListener.SILENT);
    assertThat(
            query(
                "select created_at_utc at time zone 'UTC' from golden.accounts where account_id = 'A01'"))
        .isEqualTo("2024-05-20 10:00:00");
    assertThat(
            query(
                "select trial_start_utc at time zone 'UTC' from golden.trials where trial_id = 'T01'"))
        .isEqualTo("2025-03-01 10:00:00");
    assertThat(query("select min(month) from golden.unit_economics")).isEqualTo("2025-03-01");
    assertThat(query("select count(*) from golden.trials where is_internal")).isEqualTo("1");
    assertThat(query("select count(*) from golden.accounts where csm is null")).isEqualTo("4");
  }

  @Test
  void anotherFolderReplacesTheShippedFiles(@TempDir Path folder) throws Exception {
    copyShipped(folder);
    Files.writeString(
        folder.resolve("fx_rates.csv"),
        "usd_rate,currency,valid_from\r\n1.5,\"E\"\"U,R\",2024-01-01\r\n");
    company.loadInto(warehouse, LoadOptions.SMALL.withData(folder), ProgressListener.SILENT);
    assertThat(
            query("select currency || ' ' || usd_rate || ' ' || valid_from from golden.fx_rates"))
        .isEqualTo("E\"U,R 1.5 2024-01-01");
    company.loadInto(warehouse, LoadOptions.SMALL, ProgressListener.SILENT);
    assertThat(query("select count(*) from golden.fx_rates")).isEqualTo("3");
  }

  @Test
  void wrongInputIsNamedByFileLineAndColumn(@TempDir Path folder) throws Exception {
    copyShipped(folder);
    Path rates = folder.resolve("fx_rates.csv");
    refused(
        folder, rates, "currency,valid_from\n", "fx_rates.csv: the column 'usd_rate' is missing");
    refused(
        folder,
        rates,
        "currency,valid_from,usd_rate,note\n",
        "fx_rates.csv: the column 'note' is not known");
    refused(
        folder,
        rates,
        "currency,valid_from,usd_rate\nEUR,2024-13-01,1\n",
        "fx_rates.csv:2: column valid_from: '2024-13-01' is not a date");
    refused(
        folder,
        rates,
        "currency,valid_from,usd_rate\nEUR,2024-01-01\n",
        "fx_rates.csv:2: 2 values, but the header has 3");
    refused(folder, rates, "", "fx_rates.csv is empty");
    Files.delete(rates);
    assertThatThrownBy(() -> load(folder)).hasMessageContaining("The file fx_rates.csv is missing");
    assertThatThrownBy(() -> load(folder.resolve("nowhere")))
        .hasMessageContaining("does not exist");
  }

  @Test
  void aFolderWithoutTheFilesIsRefusedBeforeThereIsAWarehouse(@TempDir Path folder) {
    assertThatThrownBy(() -> company.describe(LoadOptions.SMALL.withData(folder.resolve("none"))))
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> company.describe(LoadOptions.SMALL.withData(folder)))
        .hasMessageContaining("accounts.csv")
        .hasMessageContaining("missing");
  }

  @Test
  void aFileOfNoTableIsRefused(@TempDir Path folder) throws Exception {
    copyShipped(folder);
    Files.writeString(folder.resolve("acounts.csv"), "x\n");
    assertThatThrownBy(() -> load(folder))
        .hasMessageContaining("The file acounts.csv in")
        .hasMessageContaining("belongs to no table");
  }

  @Test
  void anUnknownCompanyIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> DemoCompany.named("goldn")).hasMessageContaining("cloudflow, golden");
  }

  @Test
  void everyDemoUserLogsInWithTheirName() {
    assertThat(company.users())
        .extracting(DemoUser::name)
        .contains("admin", "analyst", "pm", "finance", "finance_admin", "compliance")
        .contains("cs_manager", "tenant_admin");
    assertThat(company.users())
        .allSatisfy(user -> assertThat(user.password()).isEqualTo(user.name()));
    assertThat(company.policy().text()).contains("roles:");
  }

  private void refused(Path folder, Path file, String text, String message) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining(message);
  }

  private void load(Path folder) throws SQLException {
    company.loadInto(warehouse, LoadOptions.SMALL.withData(folder), ProgressListener.SILENT);
  }

  private static void copyShipped(Path folder) throws Exception {
    for (String table : tables()) {
      Files.writeString(folder.resolve(table + ".csv"), shipped(table));
    }
  }

  private static String shipped(String table) {
    return new Resources("golden").file("input/" + table + ".csv").text();
  }

  private static List<String> tables() {
    return new Resources("golden")
        .folder("input", ".csv").stream()
            .map(file -> file.name().replaceAll(".*/|[.]csv$", ""))
            .toList();
  }

  private static String query(String sql) throws SQLException {
    try (Connection reader = warehouse.reader();
        Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
