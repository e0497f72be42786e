/** The rate that is told of an account which has no limit here. */
export const UNLIMITED_RATE = 500;
