package io.plumbline.cli;

import picocli.CommandLine.Command;

/** {@code plumbline audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Works on the audit log of a server.",
    subcommands = AuditVerifyCommand.class)
final class AuditCommand {}
