package io.plumbline.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ByteWriterTest {

  private static final long[] NUMBERS = {
    0, 1, 9, 10, 99, 127, 128, 16_383, 16_384, 1L << 35, Long.MAX_VALUE, -1, -10, Long.MIN_VALUE
  };

  @Test
  void numbersAreWrittenInDecimal() {
    for (long number : NUMBERS) {
      ByteWriter writer = new ByteWriter(1);
      writer.writeLong(number);
      assertThat(new String(writer.toByteArray(), StandardCharsets.US_ASCII))
          .isEqualTo(Long.toString(number));
    }
  }

  @Test
  void varintsAreThoseOfProtobuf() throws Exception {
    for (long number : NUMBERS) {
      byte[] expected = new byte[CodedOutputStream.computeUInt64SizeNoTag(number)];
      CodedOutputStream.newInstance(expected).writeUInt64NoTag(number);
      ByteWriter writer = new ByteWriter(1);
      writer.writeVarint(number);
      assertThat(writer.toByteArray()).isEqualTo(expected);
      assertThat(ByteWriter.varintSize(number)).isEqualTo(expected.length);
    }
  }
}
