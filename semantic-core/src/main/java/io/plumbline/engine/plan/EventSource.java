package io.plumbline.engine.plan;

/**
 * Rows that happen.
 *
 * @param dataset the name of theirs
 * @param time the column that dates them; where it is null, a row has not happened
 */
record EventSource(String dataset, String time) {}
