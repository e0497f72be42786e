import { MOST_STREAM_CHARACTERS, MOST_STREAMS, OTHER_STREAM, TAG_TEXT } from '../core/contract/index.ts';

/** A stream may have one more: CDK makes no metric of a longer value of a dimension. */
const MOST_CHARACTERS = 255;

/** Whether a stream of this name can be counted: it can be a stream, and is not what all others are counted as. */
export const isCountedStream = (name: string): boolean =>
  TAG_TEXT.test(name) && name.length <= MOST_CHARACTERS && name !== OTHER_STREAM;

/** @throws if a name is none, or given twice, or there are more than can be counted; each names its remedy */
export const requireStreams = (streams: readonly string[]): void => {
  const wrong = streams.find((name) => !isCountedStream(name));
  if (wrong !== undefined)
    throw new Error(
      `streams must be names of 1 to ${MOST_CHARACTERS} of the characters A-Z a-z 0-9 _ - and not "${OTHER_STREAM}", got: ${wrong}; ` +
        'write them as requests do; what is not named is counted as "other" anyhow',
    );
  if (new Set(streams).size < streams.length)
    throw new Error(`streams must be different, got: ${streams.join(', ')}; name each once`);
  if (streams.length > MOST_STREAMS)
    throw new Error(
      `streams must be at most ${MOST_STREAMS}, got: ${streams.length}; CloudWatch bills each as a custom metric: ` +
        'name those you want to see, all others are counted together',
    );
  const { length } = streams.join();
  if (length > MOST_STREAM_CHARACTERS)
    throw new Error(
      `the names of streams must be at most ${MOST_STREAM_CHARACTERS} characters together, got: ${length}; ` +
        'they are a variable of functions, for which Lambda has little room: name fewer, or shorten them',
    );
};
