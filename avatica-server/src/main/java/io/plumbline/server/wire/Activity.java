package io.plumbline.server.wire;

/**
 * What clients hold right now.
 *
 * @param running statements that run or have rows left in the warehouse
 */
public record Activity(int connections, int statements, int running) {}
