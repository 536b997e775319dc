package io.plumbline.server.wire;

import io.plumbline.engine.Principal;

/**
 * Who sends a call, by what came with the call itself.
 *
 * @param method as the audit log names it
 */
record Proven(Principal principal, String method) {}
