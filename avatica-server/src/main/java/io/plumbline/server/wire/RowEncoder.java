package io.plumbline.server.wire;

import io.plumbline.engine.Rows;

/** Encodes rows into the bytes of one frame. */
interface RowEncoder {

  /** Adds the row at which {@code rows} stands. */
  void add(Rows rows);

  int count();

  /** Bytes so far. */
  int size();

  EncodedRows finish();
}
