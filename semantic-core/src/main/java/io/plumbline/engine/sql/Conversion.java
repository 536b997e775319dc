package io.plumbline.engine.sql;

import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A query as relational algebra.
 *
 * @param root plan {@code root.rel} and drop its extra columns by {@code root.fields}: a query
 *     ordered by a hidden column has one more than it returns
 * @param rowType the names and types that the client asked for
 * @param parameterRowType the types of the {@code ?}, in their order in the text
 */
public record Conversion(RelRoot root, RelDataType rowType, RelDataType parameterRowType) {}
