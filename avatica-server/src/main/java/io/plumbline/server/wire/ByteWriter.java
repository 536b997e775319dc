package io.plumbline.server.wire;

import java.util.Arrays;

/** Bytes that grow at the end. */
final class ByteWriter {

  private static final int LARGEST = 256 << 20;

  private byte[] bytes;
  private int size;

  ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  byte[] toByteArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      long needed = (long) size + more;
      if (needed > LARGEST) {
        throw Refusal.of("54000", "a row of the result is larger than 256 MB");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(LARGEST, bytes.length * 2L)));
    }
  }

  void write(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void write(byte[] source) {
    write(source, source.length);
  }

  void write(byte[] source, int length) {
    reserve(length);
    System.arraycopy(source, 0, bytes, size, length);
    size += length;
  }

  void write(ByteWriter source) {
    write(source.bytes, source.size);
  }

  void writeAscii(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  /** A decimal number. */
  void writeLong(long value) {
    if (value < 0) {
      writeAscii(Long.toString(value));
      return;
    }
    reserve(20);
    int end = size + digits(value);
    long rest = value;
    for (int i = end - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size = end;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** A number of protobuf's base 128. */
  void writeVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  static int varintSize(long value) {
    return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
  }

  /** Eight bytes, the lowest first. */
  void writeFixed64(long value) {
    reserve(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }
}
