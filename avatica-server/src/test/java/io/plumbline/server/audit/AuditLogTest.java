package io.plumbline.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.server.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {

  @TempDir Path folder;

  private static final AuditEvent LOGIN =
      new AuditEvent.LoginRefused("eve", "10.0.0.1", "basic", "28P01");

  private AuditLog open() {
    return AuditLog.open(AuditSettings.in(folder), Clock.systemUTC());
  }

  private AuditLog openRotatingAt(long bytes) {
    return AuditLog.open(AuditSettings.in(folder).withRotateAt(bytes), Clock.systemUTC());
  }

  private void write(AuditLog log, int records) {
    for (int i = 0; i < records; i++) {
      log.await(log.append(LOGIN));
    }
  }

  private AuditVerification verify() {
    return AuditVerification.of(folder, Optional.empty());
  }

  private List<Path> files() throws IOException {
    return new AuditFolder(folder).files();
  }

  @Test
  void theChainGoesOnWhereTheLogWasClosed() {
    try (AuditLog log = open()) {
      write(log, 3);
    }
    try (AuditLog log = open()) {
      assertThat(log.append(LOGIN)).isEqualTo(4);
    }
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().records()).isEqualTo(4);
  }

  @Test
  void theChainRunsThroughRotatedFiles() throws IOException {
    try (AuditLog log = openRotatingAt(500)) {
      write(log, 20);
    }
    assertThat(files()).hasSizeGreaterThan(3);
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().records()).isEqualTo(20);
    assertThat(verify().files()).isEqualTo(files().size());
  }

  @Test
  void theChainGoesOnBehindRotatedFiles() throws IOException {
    try (AuditLog log = openRotatingAt(500)) {
      write(log, 20);
    }
    try (AuditLog log = open()) {
      assertThat(log.append(LOGIN)).isEqualTo(21);
    }
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().records()).isEqualTo(21);
  }

  @Test
  void aLogOpensOnlyBehindTheRecordsThatWereThere() throws IOException {
    try (AuditLog log = openRotatingAt(500)) {
      write(log, 20);
    }
    List<Path> files = files();
    assertThat(files).hasSizeGreaterThan(3);
    for (Path before : files.subList(files.size() - 3, files.size() - 1)) {
      String whole = Files.readString(before);
      for (String damaged :
          List.of(
              "",
              "nonsense\n",
              "0".repeat(64) + " nonsense\n",
              "0".repeat(64) + "\n",
              whole.strip(),
              whole.replaceAll("(?m)^.", "z"))) {
        Files.writeString(before, damaged);
        assertThatThrownBy(this::open)
            .isInstanceOf(AuditException.class)
            .hasMessageContaining("audit verify");
      }
      Files.writeString(before, whole);
    }
    open().close();
    Files.delete(files.get(files.size() - 2));
    assertThatThrownBy(this::open).isInstanceOf(AuditException.class);
  }

  @Test
  void whetherEarlierFilesHoldIsForTheVerificationToSay() throws IOException {
    try (AuditLog log = openRotatingAt(500)) {
      write(log, 20);
    }
    Path first = files().get(0);
    Files.writeString(first, Files.readString(first).replace("eve", "ada"));
    open().close();
    assertThat(verify().broken().orElseThrow()).contains(first.getFileName() + ":1:");
  }

  @Test
  void anEmptyLastFileGoesOnOnlyWhereTheHeadIs() throws IOException {
    try (AuditLog log = openRotatingAt(500)) {
      write(log, 20);
    }
    List<Path> files = files();
    Path last = files.get(files.size() - 1);
    AuditFolder audit = new AuditFolder(folder);
    ChainFile.Link before = new ChainFile(files.get(files.size() - 2)).lastWritten().orElseThrow();
    Files.writeString(last, "");
    audit.writeHead(new ChainFile.Link(before.sequence(), ChainHash.START));
    assertThatThrownBy(this::open).isInstanceOf(AuditException.class);
    audit.writeHead(before);
    try (AuditLog log = open()) {
      assertThat(log.append(LOGIN)).isEqualTo(before.sequence() + 1);
    }
  }

  @Test
  void recordsOfManyThreadsStandInOneOrderWithoutAGap() throws Exception {
    try (AuditLog log = openRotatingAt(5_000)) {
      CountDownLatch done = new CountDownLatch(16);
      for (int i = 0; i < 16; i++) {
        new Thread(
                () -> {
                  write(log, 25);
                  done.countDown();
                })
            .start();
      }
      done.await();
    }
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().records()).isEqualTo(400);
  }

  @Test
  void aChangedByteIsFoundWithItsPlace() throws IOException {
    try (AuditLog log = openRotatingAt(500)) {
      write(log, 20);
    }
    Path second = files().get(1);
    long first = AuditFolder.first(second);
    Files.writeString(second, Files.readString(second).replaceFirst("eve", "bob"));
    assertThat(verify().broken())
        .contains(second.getFileName() + ":1: the hash of record " + first + " does not fit");
    assertThat(verify().records()).isEqualTo(first - 1);
  }

  @Test
  void aRemovedRecordIsFound() throws IOException {
    try (AuditLog log = open()) {
      write(log, 5);
    }
    Path file = files().get(0);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.remove(2);
    Files.write(file, lines);
    assertThat(verify().broken().orElseThrow()).contains(":3: record 4 stands where 3 is expected");
  }

  @Test
  void aRemovedFileIsFound() throws IOException {
    try (AuditLog log = openRotatingAt(500)) {
      write(log, 20);
    }
    long first = AuditFolder.first(files().get(1));
    Files.delete(files().get(1));
    assertThat(verify().broken().orElseThrow())
        .contains("the records from " + first + " on are missing");
  }

  @Test
  void recordsCutOffAtTheEndAreMissed() throws IOException {
    try (AuditLog log = open()) {
      write(log, 5);
    }
    Path file = files().get(0);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, 3));
    assertThat(verify().broken()).contains("the log ends with record 3, but there were 5");
    assertThatThrownBy(this::open)
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("is damaged: it ends with record 3, and record 5 was there before")
        .hasMessageContaining("plumbline audit verify");
  }

  @Test
  void aFileTruncatedInARecordIsFound() throws IOException {
    try (AuditLog log = open()) {
      write(log, 5);
    }
    Path file = files().get(0);
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 20));
    assertThat(verify().broken().orElseThrow()).contains(":5: the record is not whole");
    assertThatThrownBy(this::open).hasMessageContaining("the record is not whole");
  }

  @Test
  void aLogWrittenAnewIsToldByItsHeadAndByANotedHash() throws IOException {
    try (AuditLog log = open()) {
      write(log, 5);
    }
    String noted = verify().hash();
    String head = Files.readString(folder.resolve("head"));
    Files.delete(files().get(0));
    Files.delete(folder.resolve("head"));
    try (AuditLog log = open()) {
      write(log, 9);
    }
    assertThat(AuditVerification.of(folder, Optional.of(noted)).broken().orElseThrow())
        .contains("no record has the hash " + noted);
    Files.writeString(folder.resolve("head"), head);
    assertThat(verify().broken().orElseThrow()).contains("it was written anew");
  }

  @Test
  void aTornLastRecordIsCutOffAndTold() throws IOException {
    try (AuditLog log = open()) {
      write(log, 3);
    }
    Path file = files().get(0);
    String torn = Files.readAllLines(file).get(2).substring(0, 90);
    Files.writeString(file, torn, StandardOpenOption.APPEND);
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().unfinished()).isEqualTo(90);
    try (AuditLog log = open()) {
      write(log, 1);
    }
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().unfinished()).isZero();
    assertThat(verify().records()).isEqualTo(5);
    assertThat(Files.readAllLines(file).get(3)).contains("\"log_recovered\",\"bytes\":90");
    assertThat(folder.resolve("audit-0000000000000004.cut")).hasContent(torn);
  }

  @Test
  void nothingDurableIsLostWhenTheProcessIsKilled() throws Exception {
    Process writer = TestJvm.of(KilledWriter.class, folder.toString()).start();
    long durable = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new java.io.InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        if (line.matches("\\d+")) {
          durable = Math.max(durable, Long.parseLong(line));
        }
        if (durable > 300) {
          writer.toHandle().destroyForcibly(); // SIGKILL; the streams stay open
        }
        line = lines.readLine();
      }
    }
    writer.waitFor();
    assertThat(writer.exitValue()).isEqualTo(128 + 9);
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().records()).isGreaterThanOrEqualTo(durable);
    try (AuditLog log = open()) {
      assertThat(log.append(LOGIN)).isGreaterThan(durable);
    }
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().unfinished()).isZero();
  }

  @Test
  void nothingBeginsWhileTheLogCannotBeWritten() throws Exception {
    try (AuditLog log = openRotatingAt(1)) {
      write(log, 2);
      // A folder where the next file would be stands for a disk that refuses.
      Path inTheWay = Files.createDirectory(new AuditFolder(folder).file(3));
      long third = log.append(LOGIN);
      assertThatThrownBy(() -> log.await(third)).isInstanceOf(AuditUnavailableException.class);
      assertThatThrownBy(() -> log.append(LOGIN)).isInstanceOf(AuditUnavailableException.class);
      log.note(LOGIN);
      Files.delete(inTheWay);
      long end = System.nanoTime() + 20_000_000_000L;
      while (log.durable() < 4 && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      write(log, 1);
    }
    assertThat(verify().broken()).isEmpty();
    assertThat(verify().records()).isEqualTo(5);
  }

  @Test
  void aLogHasOneWriter() {
    try (AuditLog log = open()) {
      write(log, 1);
      assertThatThrownBy(this::open).hasMessageContaining("is in use by another server");
    }
  }
}
