package io.plumbline.engine;

import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** What is shown in place of a value, of the same type. */
@FunctionalInterface
public interface Mask {

  RexNode over(RexNode value, RexBuilder rex);
}
