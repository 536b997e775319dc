package io.plumbline.engine;

import io.plumbline.demo.GoldenCompany;

/** An engine over the golden company. */
public final class GoldenEngine extends TestEngine {

  GoldenEngine(TestWarehouse postgres) {
    this(postgres, new OpenGovernor());
  }

  GoldenEngine(TestWarehouse postgres, Governor governor) {
    super(postgres, new GoldenCompany().definitions(), new GoldenCompany().asOf(), governor);
  }
}
