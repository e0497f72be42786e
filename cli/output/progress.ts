import { SingleBar } from 'cli-progress';
import type { Progress } from '../dependencies.ts';

const SILENT: Progress = { show: () => undefined, end: () => undefined };

const UNKNOWN_TOTAL = ' {value} {what}';
const KNOWN_TOTAL = ' {bar} {value} of {total} {what}, {eta_formatted} left';

/**
 * A progress bar on a terminal, and nothing where nobody looks.
 *
 * @example const progress = progressOn(process.stderr)('rows'); progress.show(10, 200); progress.end();
 */
export const progressOn =
  (stream: NodeJS.WriteStream) =>
  (what: string): Progress => {
    if (!stream.isTTY) return SILENT;
    let bar: SingleBar | undefined;
    return {
      show(done, total) {
        if (bar === undefined) {
          const format = total === undefined ? UNKNOWN_TOTAL : KNOWN_TOTAL;
          bar = new SingleBar({ stream, format, clearOnComplete: true, hideCursor: true, etaBuffer: 100 });
          bar.start(total ?? 0, done, { what });
        }
        if (total !== undefined) bar.setTotal(total);
        bar.update(done, { what });
      },
      end() {
        bar?.stop();
        bar = undefined;
      },
    };
  };
