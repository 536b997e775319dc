package io.plumbline.server.http;

import io.plumbline.server.wire.Proof;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What a request says about its sender: its header, else the certificate of its connection. */
final class Proofs {

  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";

  private Proofs() {}

  static Optional<Proof> of(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (starts(header, BASIC)) {
      return Optional.of(basic(header.substring(BASIC.length()).strip()));
    }
    if (starts(header, BEARER)) {
      return Optional.of(new Proof.Bearer(header.substring(BEARER.length()).strip()));
    }
    return certificate(request);
  }

  private static boolean starts(@Nullable String header, String scheme) {
    return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  /** What can't be read is a wrong password. */
  private static Proof basic(String encoded) {
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return new Proof.Basic(parts[0], parts.length > 1 ? parts[1] : "");
    } catch (IllegalArgumentException e) {
      return new Proof.Basic("", "");
    }
  }

  private static Optional<Proof> certificate(Request request) {
    if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
        instanceof EndPoint.SslSessionData tls) {
      X509Certificate @Nullable [] chain = tls.peerCertificates();
      if (chain != null && chain.length > 0) {
        return Optional.of(new Proof.Certificate(chain[0].getSubjectX500Principal()));
      }
    }
    return Optional.empty();
  }
}
