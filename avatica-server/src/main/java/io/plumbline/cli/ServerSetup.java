package io.plumbline.cli;

import io.plumbline.engine.EngineDefaults;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.masking.MaskSecret;
import io.plumbline.server.audit.AuditSettings;
import io.plumbline.server.http.ServerSettings;

/**
 * What a server runs by beside its rules.
 *
 * @param defaults settings that sessions begin with
 * @param maskKey keys the hashes of masks
 */
record ServerSetup(
    ServerSettings server,
    WarehouseSettings warehouse,
    EngineDefaults defaults,
    AuditSettings audit,
    MaskSecret maskKey) {}
