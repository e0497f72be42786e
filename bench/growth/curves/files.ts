import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { NODE_REQUIRE } from '../../../bundling.ts';
import { pairOf } from '../../median.ts';
import { bundleLikeAFunction, runBundle, withFolder } from '../../subject.ts';
import { bounceBody, deliveryBody } from '../../subjects/bodies.ts';
import type { Curve } from '../curve.ts';
import { timedCurve } from '../sweep.ts';

const ROUNDS = 3;
const MESSAGES = [100, 1000, 10_000, 50_000];
const ROWS = [1000, 10_000, 100_000];
const MOST_ROWS = 1_000_000;
/** The decisions of the largest file. */
const MOST_OUTPUT = 256 * 1024 * 1024;

type How = 'ours' | 'bare';
/** What one process took. */
interface Took {
  readonly cpuMs: number;
  readonly peakMb: number;
}

const writeMessages = (file: string, count: number): Promise<void> => {
  function* lines(): Generator<string> {
    for (let i = 0; i < count; i += 1)
      yield `${i % 10 === 0 ? bounceBody(i, `pat${i}@target.example`) : deliveryBody(i, `pat${i}@target.example`)}\n`;
  }
  return pipeline(Readable.from(lines()), createWriteStream(file));
};

const processes = async (
  of: {
    readonly name: string;
    readonly what: string;
    readonly x: string;
    readonly each: string;
    readonly floor: string;
  },
  sizes: readonly number[],
  run: (how: How, size: number) => Promise<Took>,
): Promise<Curve[]> => {
  const taken = sizes.map((x) => ({ x, ours: [] as Took[], bare: [] as Took[] }));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { x, ours, bare } of taken) {
      bare.push(await run('bare', x));
      ours.push(await run('ours', x));
    }
  const samples = (figure: (took: Took, x: number) => number) =>
    taken.map(({ x, ours, bare }) => ({
      x,
      pair: pairOf(
        ours.map((took) => figure(took, x)),
        bare.map((took) => figure(took, x)),
      ),
    }));
  const names = { value: of.name, floor: of.floor };
  return [
    timedCurve(
      {
        name: `${of.name}-time`,
        title: `${of.what}: time a ${of.each} does not grow`,
        law: 'flat',
        x: of.x,
        y: `µs of processor a ${of.each}`,
      },
      names,
      samples(({ cpuMs }, x) => (cpuMs * 1000) / x),
    ),
    timedCurve(
      {
        name: `${of.name}-memory`,
        title: `${of.what}: memory does not grow with the file`,
        law: 'flat',
        x: of.x,
        y: 'peak memory of the process, MB',
      },
      names,
      samples(({ peakMb }) => peakMb),
    ),
  ];
};

const classify = (): Promise<Curve[]> =>
  withFolder(async (folder) => {
    const bundle = await bundleLikeAFunction('bench/growth/subjects/classify.ts', join(folder, 'classify'), {
      banner: NODE_REQUIRE,
    });
    const fileOf = (count: number): string => join(folder, `${count}.ndjson`);
    for (const count of MESSAGES) await writeMessages(fileOf(count), count);
    const report = join(folder, 'took.json');
    return processes(
      {
        name: 'classify',
        what: 'classify',
        x: 'messages in the file',
        each: 'message',
        floor: 'readline and JSON.parse alone',
      },
      MESSAGES,
      async (how, count) => {
        await promisify(execFile)(process.execPath, [bundle, how, fileOf(count), report], { maxBuffer: MOST_OUTPUT });
        return JSON.parse(await readFile(report, 'utf8'));
      },
    );
  });

const importing = (all: boolean): Promise<Curve[]> =>
  withFolder(async (folder) => {
    const bundle = await bundleLikeAFunction('bench/growth/subjects/import.ts', folder);
    return processes(
      { name: 'import', what: 'import', x: 'rows in the file', each: 'row', floor: 'the CSV parser alone' },
      all ? [...ROWS, MOST_ROWS] : ROWS,
      async (how, rows) => (await runBundle(bundle, '--', how, String(rows))) as Took,
    );
  });

/** How the commands that read files grow with the file. @param all - also a million rows */
export const fileCurves = async (all: boolean): Promise<Curve[]> => [...(await classify()), ...(await importing(all))];
