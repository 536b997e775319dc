package io.plumbline.server.audit;

import java.time.Instant;

/**
 * One record of the log.
 *
 * @param sequence counts from 1 without a gap, over all files
 */
public record AuditRecord(long sequence, Instant at, AuditEvent event) {}
