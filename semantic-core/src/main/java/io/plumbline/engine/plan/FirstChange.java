package io.plumbline.engine.plan;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The day of the first change in the data that a query reads, asked of the warehouse if it is
 * needed.
 */
@FunctionalInterface
interface FirstChange extends Supplier<Optional<LocalDate>> {}
