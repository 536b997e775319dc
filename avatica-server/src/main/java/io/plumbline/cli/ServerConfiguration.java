package io.plumbline.cli;

import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.MaskSecret;
import io.plumbline.server.audit.AuditSettings;
import io.plumbline.server.http.ServerSettings;

/**
 * What {@code plumbline serve} runs by: one file, read and checked before a port opens.
 *
 * @param rules the files of definitions, policy and users, which are read again when they change
 * @param defaults settings that sessions begin with
 * @param maskKey keys the hashes of masks
 */
record ServerConfiguration(
    ServerSettings server,
    WarehouseSettings warehouse,
    RuleFiles rules,
    EngineDefaults defaults,
    AuditSettings audit,
    MaskSecret maskKey) {

  ServerSetup setup() {
    return new ServerSetup(server, warehouse, defaults, audit, maskKey);
  }
}
