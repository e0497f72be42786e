import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { Logger } from '@aws-lambda-powertools/logger';
import { powertoolsLog } from '../../../adapters/powertools-log.ts';
import type { Log } from '../../../core/log.ts';
import { checkLines, checkSize } from '../oracles.ts';

/** The logger of the deployed functions, writing into memory. */
class MemoryLogger extends Logger {
  constructor(stdout: Writable) {
    super({ serviceName: 'fuzz' });
    Reflect.set(this, 'console', new Console({ stdout, stderr: stdout }));
  }
}

/** A log as the deployed functions have it, whose text can be looked at. */
export class LinesLog {
  readonly log: Log;
  #text = '';

  constructor() {
    const take = (text: string): void => {
      this.#text += text;
    };
    const out = new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        take(String(chunk));
        done();
      },
    });
    this.log = powertoolsLog(new MemoryLogger(out));
  }

  /**
   * Looks at every line that was written since, and forgets them.
   *
   * @param given - characters of the input
   * @param times - how many times as long the log may be
   * @throws Violation for a line that is no JSON object, or for a flood of them
   */
  check(given: number, times = 20): readonly { readonly [name: string]: unknown }[] {
    const text = this.#text;
    this.#text = '';
    checkSize('the log', text.length, given, times);
    return checkLines(text);
  }
}
