package io.plumbline.server.http;

import io.plumbline.server.http.ServerSettings.Keystore;
import io.plumbline.server.http.ServerSettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads what TLS needs, and says in words what is wrong with it. */
final class TlsKeys {

  private TlsKeys() {}

  /**
   * What Jetty serves HTTPS by. A client is asked for a certificate if authorities are given, and
   * may still come without one; one of another authority ends the handshake.
   *
   * @throws ServerStartException if a file can't be read, or does not hold what it should
   */
  static SslContextFactory.Server of(Tls tls) {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setKeyStore(identity(tls.identity()));
    factory.setKeyStorePassword(tls.identity().password());
    if (tls.clients().isPresent()) {
      factory.setTrustStore(authorities(tls.clients().get()));
      factory.setWantClientAuth(true);
    }
    return factory;
  }

  private static KeyStore identity(Keystore keystore) {
    KeyStore keys = load(keystore);
    if (!holds(keys, KeyStore::isKeyEntry)) {
      throw new ServerStartException(
          "The keystore "
              + keystore.file()
              + " holds no private key. Make it of the server's key and certificate: openssl pkcs12"
              + " -export -inkey server.key -in server.pem -out server.p12");
    }
    return keys;
  }

  private static KeyStore authorities(Keystore keystore) {
    KeyStore certificates = load(keystore);
    if (!holds(certificates, KeyStore::isCertificateEntry)) {
      throw new ServerStartException(
          "The truststore "
              + keystore.file()
              + " holds no certificate of an authority. Add it: keytool -importcert -alias clients"
              + " -file ca.pem -storetype PKCS12 -keystore "
              + keystore.file().getFileName());
    }
    return certificates;
  }

  private interface Test {
    boolean holds(KeyStore keys, String alias) throws GeneralSecurityException;
  }

  private static boolean holds(KeyStore keys, Test test) {
    try {
      for (String alias : Collections.list(keys.aliases())) {
        if (test.holds(keys, alias)) {
          return true;
        }
      }
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a keystore that was loaded can be asked", e);
    }
  }

  private static KeyStore load(Keystore keystore) {
    if (!Files.isReadable(keystore.file())) {
      throw new ServerStartException("There is no readable keystore " + keystore.file() + ".");
    }
    try {
      return KeyStore.getInstance(keystore.file().toFile(), keystore.password().toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new ServerStartException(
          "The keystore "
              + keystore.file()
              + " can't be read: is it PKCS12 or JKS, and is the password right?",
          e);
    }
  }
}
