/** The one event destination of every local configuration set: the local topic. */
export const EVENT_DESTINATION = 'feedback';
