package io.plumbline.it.attacks;

/**
 * A value that one user must not learn and another may see.
 *
 * @param attacker the user from whom it is hidden
 * @param seer a user who sees it, which proves that an attack could succeed
 * @param absent a value of the same form that no row has
 */
record Secret(
    String attacker, String seer, String table, String column, String value, String absent) {

  @Override
  public String toString() {
    return attacker + " on " + table + "." + column;
  }
}
