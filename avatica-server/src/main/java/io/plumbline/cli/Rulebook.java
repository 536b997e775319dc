package io.plumbline.cli;

import io.plumbline.definitions.SemanticModel;
import io.plumbline.masking.Policies;
import io.plumbline.server.auth.Users;

/** What a server answers by: definitions, policies, and who may log in. */
record Rulebook(SemanticModel model, Policies policies, Users users) {}
