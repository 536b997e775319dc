package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.server.http.ServerSettings.Keystore;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

/** Keys and certificates for TLS, made by the JDK's keytool. */
final class TestCertificates {

  static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path all;

  TestCertificates(Path folder) {
    this.folder = folder;
    this.all = folder.resolve("all.p12");
  }

  /** An authority, or somebody who vouches for himself. */
  TestCertificates selfSigned(String alias, String name) throws Exception {
    return keytool(alias, name, "-ext", "bc=ca:true");
  }

  TestCertificates signed(String alias, String name, String authority) throws Exception {
    return keytool(alias, name, "-signer", authority, "-ext", "san=dns:localhost,ip:127.0.0.1");
  }

  private TestCertificates keytool(String alias, String name, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                name,
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                all.toString()));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).inheritIO().start();
    assertThat(keytool.waitFor()).isZero();
    return this;
  }

  /** A keystore of one's key and certificate. */
  Keystore keystore(String alias) throws Exception {
    KeyStore store = empty();
    KeyStore source = all();
    char[] password = PASSWORD.toCharArray();
    store.setKeyEntry(
        alias, source.getKey(alias, password), password, source.getCertificateChain(alias));
    return written(store, alias + ".p12");
  }

  /** A truststore of these authorities. */
  Keystore truststore(String... authorities) throws Exception {
    KeyStore store = empty();
    for (String authority : authorities) {
      store.setCertificateEntry(authority, all().getCertificate(authority));
    }
    return written(store, "trust-" + String.join("-", authorities) + ".p12");
  }

  /** TLS of a client that sends its certificate whether the server trusts its authority or not. */
  SSLContext insisting(String alias, String authority) throws Exception {
    char[] password = PASSWORD.toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(KeyStore.getInstance(keystore(alias).file().toFile(), password), password);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(KeyStore.getInstance(truststore(authority).file().toFile(), password));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        new KeyManager[] {new Insisting((X509KeyManager) keys.getKeyManagers()[0])},
        trust.getTrustManagers(),
        null);
    return context;
  }

  private static final class Insisting extends X509ExtendedKeyManager {
    private final X509KeyManager keys;

    Insisting(X509KeyManager keys) {
      this.keys = keys;
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return keys.getClientAliases("EC", null)[0];
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return keys.getClientAliases(type, null);
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return keys.getClientAliases("EC", null)[0];
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      throw new UnsupportedOperationException();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey(alias);
    }
  }

  private KeyStore all() throws Exception {
    return KeyStore.getInstance(all.toFile(), PASSWORD.toCharArray());
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private Keystore written(KeyStore store, String name) throws Exception {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return new Keystore(file, PASSWORD);
  }
}
