package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Timeline;
import io.plumbline.demo.cloudflow.source.CompanyTables;
import io.plumbline.demo.cloudflow.source.RowWriter;
import io.plumbline.demo.cloudflow.source.SourceTable;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratorTest {

  @Test
  void theSameSeedAndScaleGiveTheSameBytes() throws Exception {
    Map<String, String> first = hashes(LoadOptions.SMALL.seed());
    assertThat(hashes(LoadOptions.SMALL.seed())).isEqualTo(first);
    assertThat(hashes(7).get("app.subscriptions")).isNotEqualTo(first.get("app.subscriptions"));
  }

  private static Map<String, String> hashes(long seed) throws Exception {
    CompanyTables company = new CompanyTables(new History(0.02, seed));
    Map<String, String> hashes = new LinkedHashMap<>();
    for (SourceTable table : company.tables()) {
      DigestOutputStream out =
          new DigestOutputStream(
              OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"));
      RowWriter rows = new RowWriter(out);
      table.write(rows);
      rows.flush();
      hashes.put(table.name(), HexFormat.of().formatHex(out.getMessageDigest().digest()));
    }
    return hashes;
  }

  @Test
  void totalsAreExactAtOtherScalesAndSeeds() {
    for (double scale : new double[] {0.02, 0.03, 0.05, 0.1}) {
      for (long seed = 1; seed <= 3; seed++) {
        History history = new History(scale, seed);
        double total = 0;
        for (var account : history.counted()) {
          total +=
              account.mrrAt(Timeline.end())
                  / 100.0
                  * history.rates().rate(account.currency(), Timeline.AS_OF).doubleValue();
        }
        assertThat(Math.round(total * 100))
            .as(scale + " " + seed)
            .isEqualTo(Math.round(171_840_000 * scale));
      }
    }
  }

  @Test
  void wallClocksOfLosAngelesAreReadAsPostgresReadsThem() {
    assertThat(Timeline.utc(Timeline.fromPacific(LocalDateTime.parse("2025-03-09T02:30"))))
        .isEqualTo("2025-03-09T10:30");
    assertThat(Timeline.utc(Timeline.fromPacific(LocalDateTime.parse("2025-11-02T01:30"))))
        .isEqualTo("2025-11-02T09:30");
    assertThat(Timeline.utc(Timeline.fromPacific(LocalDateTime.parse("2025-07-01T17:00"))))
        .isEqualTo("2025-07-02T00:00");
  }
}
