// npm run storm: feedback and sends under faults, and what is claimed of them checked. See docs/faults.md.
import { parseArgs } from 'node:util';
import { holds } from './claim.ts';
import { feedbackStorm } from './feedback/feedback-storm.ts';
import { reportFeedback, reportSends, type StormReport, told } from './report.ts';
import { sendStorm } from './send/send-storm.ts';
import { startTables } from './table-process.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const USAGE = `npm run storm [-- options]

  --events N    events of feedback (default 100000); 0 leaves that storm out
  --sends N     requests to send (default 20000); 0 leaves that storm out
  --seed S      decides events, order, faults and deaths (default 1)
  --faults X    share of all requests to AWS that meets a fault, 0 to 0.5 (default 0.05)
  --workers N   functions at work at once (default 16)
  --lifetime N  requests that a function's environment lives for, on average (default 300); 0: none is killed;
                with --workers 1 the same seed then meets the very same faults
  --json        one JSON document: {"seed","faults","node","storms":[{"name","seconds","figures","faults","claims"}]}

Exit code 0 if every claim holds, 1 if one is broken, 2 for wrong usage.`;

const usage = (words: string): never => {
  process.stderr.write(`${words}\n\n${USAGE}\n`);
  process.exit(2);
};

const number = (name: string, value: string, most: number, isWhole = true): number => {
  const read = value.trim() === '' ? Number.NaN : Number(value);
  if (read >= 0 && read <= most && (!isWhole || Number.isInteger(read))) return read;
  return usage(
    `--${name}: expected ${isWhole ? 'a whole number' : 'a number'} from 0 to ${most}, got ${JSON.stringify(value)}`,
  );
};

const options = (() => {
  try {
    const { values } = parseArgs({
      options: {
        events: { type: 'string', default: '100000' },
        sends: { type: 'string', default: '20000' },
        seed: { type: 'string', default: '1' },
        faults: { type: 'string', default: '0.05' },
        workers: { type: 'string', default: '16' },
        lifetime: { type: 'string', default: '300' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return {
      json: values.json,
      help: values.help,
      events: number('events', values.events, 10_000_000),
      sends: number('sends', values.sends, 1_000_000),
      seed: number('seed', values.seed, 2 ** 31),
      share: number('faults', values.faults, 0.5, false),
      workers: Math.max(1, number('workers', values.workers, 256)),
      lifetime: number('lifetime', values.lifetime, 1_000_000) || Number.POSITIVE_INFINITY,
    };
  } catch (error) {
    return usage((error as Error).message);
  }
})();

const { events, sends, seed, share, workers, lifetime, json, help } = options;

const feedback = async (): Promise<StormReport> => {
  const { tables, stop } = await startTables('storm', 'calm');
  try {
    const [stormy, calmTables] = tables;
    return reportFeedback(
      await feedbackStorm({ size: { seed, events }, tables: stormy, calmTables, share, workers, lifetime }),
    );
  } finally {
    await stop();
  }
};

const sending = async (): Promise<StormReport> => {
  const { tables, stop } = await startTables('storm');
  try {
    const [stormy] = tables;
    return reportSends(await sendStorm({ size: { seed, sends }, tables: stormy, share, workers, lifetime }));
  } finally {
    await stop();
  }
};

if (help) process.stdout.write(`${USAGE}\n`);
else {
  const storms: StormReport[] = [];
  for (const run of [...(events > 0 ? [feedback] : []), ...(sends > 0 ? [sending] : [])]) {
    const storm = await run();
    storms.push(storm);
    if (!json) process.stdout.write(`${told(storm)}\n`);
  }
  const broken = storms.flatMap(({ claims }) => claims).filter((claim) => !holds(claim)).length;
  if (json)
    process.stdout.write(`${JSON.stringify({ seed, faults: share, workers, node: process.version, storms })}\n`);
  else if (broken === 0) process.stdout.write('Every claim holds.\n');
  else
    process.stdout.write(
      `${broken} claims are broken. Again: npm run storm -- --seed ${seed} --events ${events} --sends ${sends} ` +
        `--faults ${share} --workers ${workers}\n`,
    );
  process.exitCode = broken === 0 ? 0 : 1;
}
