package io.plumbline.demo.cloudflow.truth;

import java.util.Locale;

/** What counts as the end of a customer who has left. */
enum ChurnBasis {
  /** The state as recorded. */
  CONTRACT,
  /** The end of the last paid recurring line. */
  BILLING,
  /** The date of the last paid invoice. */
  BILLING_INVOICE,
  /** The first of at least thirty days in a row without use. */
  USAGE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
