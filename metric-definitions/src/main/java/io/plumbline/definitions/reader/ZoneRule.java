package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Position;
import java.util.Optional;

/**
 * How the wall clock of a source column becomes an instant.
 *
 * @param zone gives the name of the zone; empty if the source column is an instant already
 */
record ZoneRule(Optional<Expression> zone, Position at) {}
