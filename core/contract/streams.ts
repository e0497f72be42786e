/** What recipients are counted as whose stream is not counted for itself, and those of mail without a stream. */
export const OTHER_STREAM = 'other';

/** Streams that one deployment counts at the most: CloudWatch bills each as a custom metric, and the others as one more. */
export const MOST_STREAMS = 20;

/** Characters of all their names together, commas between them: Lambda has 4 KB for all variables of a function. */
export const MOST_STREAM_CHARACTERS = 1024;
