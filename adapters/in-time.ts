/** How the SDK makes a request where time is short. */
export interface Brisk {
  readonly abortSignal: AbortSignal;
  /** Milliseconds that one request has for its answer; the client may repeat it. */
  readonly requestTimeout: number;
}

/** A healthy request takes few of them, and one without an answer is to be repeated before the time is over. */
const REQUEST_MS = 1500;

/**
 * Does something with requests of the SDK, and gives it up when the time is over, whatever the client would still try. A
 * write that was given up may have happened.
 *
 * @param millis - for all of it; undefined: as long as the client takes
 * @param work - hands what it is given to each request
 * @throws what `work` throws, or that the time is over
 * @example await inTime(4000, (how) => client.send(new PutItemCommand(input), how))
 */
export const inTime = async <T>(millis: number | undefined, work: (how?: Brisk) => Promise<T>): Promise<T> => {
  if (millis === undefined) return work();
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // The signal alone would not do: the SDK looks at it at requests only, and its pauses between them may take seconds.
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${millis} ms`));
      abort.abort();
    }, millis);
  });
  try {
    return await Promise.race([work({ abortSignal: abort.signal, requestTimeout: REQUEST_MS }), late]);
  } finally {
    clearTimeout(timer);
  }
};
