package io.plumbline.it.attacks;

import java.util.Optional;

/**
 * A query that tries to make a secret known.
 *
 * @param sql with the secret value in it, if it needs one
 * @param control the same about a value that no row has: a secret is kept if the answers are equal;
 *     empty if the query shows values, among which the secret must not be
 * @param parameter the value of its one parameter; the control then has the absent one
 */
record Attack(Secret secret, String sql, Optional<String> control, boolean parameter) {

  @Override
  public String toString() {
    return secret + ": " + sql;
  }
}
