package io.plumbline.definitions;

import java.util.Optional;

/**
 * A column of a dataset.
 *
 * @param expression over the columns of the dataset's source
 * @param zone for a TIMESTAMPTZ whose source has no zone: an expression over the source that gives
 *     the name of the zone in which the wall clock was written
 * @param unit such as {@code currency}, {@code currency_cents}, {@code count}, {@code day}; empty
 *     if it has none
 */
public record Column(
    String name,
    Expression expression,
    DataType type,
    boolean nullable,
    Optional<Expression> zone,
    Optional<String> unit,
    String description,
    Position at) {}
