/**
 * Metric definitions: YAML files become one validated {@link
 * io.plumbline.definitions.SemanticModel}.
 */
@NullMarked
package io.plumbline.definitions;

import org.jspecify.annotations.NullMarked;
