package io.plumbline.engine.plan;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Windows of some months that end with the periods of a query.
 *
 * @param source whose states are followed
 * @param wanted what is kept of them, and of what
 * @param past the bounds of the periods, as much earlier as the window is long
 */
record TrailingWindows(StateSource source, Set<Trailing> wanted, List<LocalDate> past) {}
