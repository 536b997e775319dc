/** From the text of definition files to a model: YAML, declarations, rules, assembly. */
@NullMarked
package io.plumbline.definitions.reader;

import org.jspecify.annotations.NullMarked;
