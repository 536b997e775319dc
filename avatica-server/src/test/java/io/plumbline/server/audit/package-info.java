/** Tests of the audit log. */
@NullMarked
package io.plumbline.server.audit;

import org.jspecify.annotations.NullMarked;
