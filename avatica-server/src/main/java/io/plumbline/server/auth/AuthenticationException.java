package io.plumbline.server.auth;

/** A caller that is not let in. Never tells whether the user exists. */
public final class AuthenticationException extends Exception {

  private final String sqlState;

  private AuthenticationException(String sqlState, String message) {
    super(sqlState + ": " + message);
    this.sqlState = sqlState;
  }

  static AuthenticationException wrong() {
    return new AuthenticationException("28P01", "invalid user name or password");
  }

  static AuthenticationException tooMany(long seconds) {
    return new AuthenticationException(
        "28000", "too many failed attempts to log in; try again in " + seconds + " s");
  }

  static AuthenticationException busy() {
    return new AuthenticationException("28000", "too many logins at the same time; try again");
  }

  public String sqlState() {
    return sqlState;
  }
}
