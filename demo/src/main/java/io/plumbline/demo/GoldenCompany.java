package io.plumbline.demo;

import io.plumbline.demo.golden.GoldenLoader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** A dozen accounts whose every number was worked out by hand. */
public final class GoldenCompany implements DemoCompany {

  @Override
  public String name() {
    return "golden";
  }

  @Override
  public LocalDate asOf() {
    return LocalDate.of(2026, 3, 31);
  }

  @Override
  public List<String> schemas() {
    return List.of("golden");
  }

  @Override
  public List<DemoUser> users() {
    return DemoUser.ofEveryRole("chen", "A01");
  }

  @Override
  public String describe(LoadOptions options) {
    try {
      return loader(options).fingerprint();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void load(Connection connection, LoadOptions options, ProgressListener progress)
      throws SQLException {
    try {
      loader(options).load(connection, progress);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static DemoException unreadable(IOException e) {
    return new DemoException("The input files can't be read: " + e, e);
  }

  private GoldenLoader loader(LoadOptions options) {
    return new GoldenLoader(new Resources(name()), options.data());
  }
}
