package io.plumbline.definitions;

/**
 * Something canonical that this company's mapping does not feed: no error, but told in {@code
 * catalog}.
 *
 * @param kind {@code metric}, {@code dimension}, {@code table} or {@code view}
 * @param because what it would need
 */
public record Unavailable(String kind, String name, String because) {}
