/** The audit log: a record of everything that was asked, durable, in files chained by hash. */
@NullMarked
package io.plumbline.server.audit;

import org.jspecify.annotations.NullMarked;
