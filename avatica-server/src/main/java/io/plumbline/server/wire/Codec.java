package io.plumbline.server.wire;

import io.plumbline.engine.ResultColumn;
import java.io.IOException;
import java.util.List;
import org.apache.calcite.avatica.remote.Service;

/** How calls and answers are written: protobuf or JSON. */
interface Codec {

  Service.Request decode(byte[] request) throws IOException;

  byte[] encode(Service.Response response) throws IOException;

  /** An encoder for the next frame of a result. */
  RowEncoder rows(List<ResultColumn> columns);
}
