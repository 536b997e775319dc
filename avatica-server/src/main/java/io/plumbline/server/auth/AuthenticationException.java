package io.plumbline.server.auth;

/** A caller that is not let in. Never tells whether the user exists. */
public final class AuthenticationException extends Exception {

  private final String sqlState;
  private final boolean news;

  private AuthenticationException(String sqlState, String message, boolean news) {
    super(sqlState + ": " + message);
    this.sqlState = sqlState;
    this.news = news;
  }

  static AuthenticationException wrong() {
    return new AuthenticationException("28P01", "invalid user name or password", true);
  }

  /**
   * Nothing was verified.
   *
   * @param first whether it is the first attempt that is turned away for this reason
   */
  static AuthenticationException tooMany(long seconds, boolean first) {
    return new AuthenticationException(
        "28000", "too many failed attempts to log in; try again in " + seconds + " s", first);
  }

  static AuthenticationException wrongToken() {
    return new AuthenticationException("28000", "the token is not valid, or not any more", true);
  }

  static AuthenticationException unknownCertificate() {
    return new AuthenticationException("28000", "the certificate is no user's", true);
  }

  static AuthenticationException busy() {
    return new AuthenticationException(
        "28000", "too many logins at the same time; try again", true);
  }

  /** Whether the audit shall tell of it: who hammers does not fill the log. */
  public boolean isNews() {
    return news;
  }

  public String sqlState() {
    return sqlState;
  }
}
