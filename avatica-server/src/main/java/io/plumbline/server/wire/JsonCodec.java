package io.plumbline.server.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.engine.ResultColumn;
import java.io.IOException;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service;

/** JSON, the stock driver's default. */
final class JsonCodec implements Codec {

  /** A client's signature names Java classes to load, and nobody needs it: it is not read. */
  @JsonIgnoreProperties("signature")
  private interface WithoutSignature {}

  /** Avatica takes a request that it does not know for one that lists schemas. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
  private interface KnownRequest {}

  private final ObjectMapper mapper =
      JsonService.MAPPER.copy().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
  private final ObjectMapper reader =
      mapper
          .copy()
          .addMixIn(Meta.StatementHandle.class, WithoutSignature.class)
          .addMixIn(Service.Request.class, KnownRequest.class);

  @Override
  public Service.Request decode(byte[] request) throws IOException {
    return reader.readValue(request, Service.Request.class);
  }

  @Override
  public byte[] encode(Service.Response response) throws IOException {
    return mapper.writeValueAsBytes(response);
  }

  @Override
  public RowEncoder rows(List<ResultColumn> columns) {
    return new JsonRowEncoder(columns, this);
  }
}
