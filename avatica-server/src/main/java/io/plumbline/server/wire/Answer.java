package io.plumbline.server.wire;

/**
 * What goes back to a client.
 *
 * @param status an HTTP status; never 503, which stock clients repeat for ever
 */
@SuppressWarnings("ArrayRecordComponent") // Written to the socket, never compared.
public record Answer(int status, byte[] body) {}
