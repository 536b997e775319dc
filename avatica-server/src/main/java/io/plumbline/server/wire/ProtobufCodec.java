package io.plumbline.server.wire;

import com.google.protobuf.Message;
import io.plumbline.engine.ResultColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** Protobuf. Messages with encoded rows are put together here, all others by Avatica. */
final class ProtobufCodec implements Codec {

  private static final int LENGTH_DELIMITED = 2;

  private final ProtobufTranslationImpl translation = new ProtobufTranslationImpl();

  @Override
  public Service.Request decode(byte[] request) throws IOException {
    Common.WireMessage wire = Common.WireMessage.parseFrom(request);
    if (!wire.getName().equals(Requests.ExecuteRequest.class.getName())) {
      return translation.parseRequest(request);
    }
    return translation.parseRequest(withoutSignature(wire).toByteArray());
  }

  /** A client's signature names Java classes to load, and nobody needs it: it is not read. */
  private static Common.WireMessage withoutSignature(Common.WireMessage wire) throws IOException {
    Requests.ExecuteRequest.Builder execute =
        Requests.ExecuteRequest.parseFrom(wire.getWrappedMessage()).toBuilder();
    execute.getStatementHandleBuilder().clearSignature();
    return wire.toBuilder().setWrappedMessage(execute.build().toByteString()).build();
  }

  @Override
  public byte[] encode(Service.Response response) throws IOException {
    if (response instanceof Service.FetchResponse fetch && encoded(fetch.frame) != null) {
      return message(Responses.FetchResponse.class, fetched(fetch.frame));
    }
    if (response instanceof Service.ExecuteResponse execute
        && execute.results != null
        && execute.results.size() == 1
        && encoded(execute.results.get(0).firstFrame) != null) {
      return message(Responses.ExecuteResponse.class, executed(execute.results.get(0)));
    }
    return translation.serializeResponse(response);
  }

  private static @Nullable EncodedRows encoded(Meta.@Nullable Frame frame) {
    return frame != null && frame.rows instanceof EncodedRows rows ? rows : null;
  }

  private static ByteWriter fetched(Meta.Frame frame) {
    ByteWriter message = new ByteWriter(encodedSize(frame) + 32);
    writeFrame(message, Responses.FetchResponse.FRAME_FIELD_NUMBER, frame);
    return message;
  }

  /** Avatica writes the result without its frame; fields of a message may stand in any order. */
  private ByteWriter executed(Service.ResultSetResponse result) throws IOException {
    Service.ResultSetResponse bare =
        new Service.ResultSetResponse(
            result.connectionId,
            result.statementId,
            result.ownStatement,
            result.signature,
            null,
            result.updateCount,
            result.rpcMetadata);
    Common.WireMessage wire =
        Common.WireMessage.parseFrom(
            translation.serializeResponse(
                new Service.ExecuteResponse(List.of(bare), false, result.rpcMetadata)));
    Responses.ExecuteResponse execute =
        Responses.ExecuteResponse.parseFrom(wire.getWrappedMessage());
    byte[] head = execute.getResults(0).toByteArray();
    ByteWriter body = new ByteWriter(head.length + encodedSize(result.firstFrame) + 32);
    body.write(head);
    writeFrame(body, Responses.ResultSetResponse.FIRST_FRAME_FIELD_NUMBER, result.firstFrame);
    ByteWriter message = new ByteWriter(body.size() + 16);
    writeHead(message, Responses.ExecuteResponse.RESULTS_FIELD_NUMBER, body.size());
    message.write(body);
    return message;
  }

  private static int encodedSize(Meta.Frame frame) {
    return ((EncodedRows) frame.rows).bytes().length;
  }

  private static void writeFrame(ByteWriter out, int field, Meta.Frame frame) {
    ByteWriter head = new ByteWriter(16);
    head.writeVarint(Common.Frame.OFFSET_FIELD_NUMBER << 3);
    head.writeVarint(frame.offset);
    head.writeVarint(Common.Frame.DONE_FIELD_NUMBER << 3);
    head.write(frame.done ? 1 : 0);
    byte[] rows = ((EncodedRows) frame.rows).bytes();
    writeHead(out, field, head.size() + rows.length);
    out.write(head);
    out.write(rows);
  }

  private static void writeHead(ByteWriter out, int field, int length) {
    out.writeVarint(field << 3 | LENGTH_DELIMITED);
    out.writeVarint(length);
  }

  private static byte[] message(Class<? extends Message> type, ByteWriter body) {
    byte[] name = type.getName().getBytes(StandardCharsets.US_ASCII);
    ByteWriter wire = new ByteWriter(body.size() + name.length + 16);
    writeHead(wire, Common.WireMessage.NAME_FIELD_NUMBER, name.length);
    wire.write(name);
    writeHead(wire, Common.WireMessage.WRAPPED_MESSAGE_FIELD_NUMBER, body.size());
    wire.write(body);
    return wire.toByteArray();
  }

  @Override
  public RowEncoder rows(List<ResultColumn> columns) {
    return new ProtobufRowEncoder(columns, this);
  }
}
