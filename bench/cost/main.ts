// npm run cost: what a month costs, part by part. `--json` for machines.
import { parseArgs } from 'node:util';
import { bill, type Cost, total, type Usage } from './model.ts';
import { DEFAULT_USAGE } from './usage.ts';

const USAGE = `npm run cost [-- --mails N] [-- --set name=value]… [-- --json]

  --mails N         mails of one recipient a month (default 1000000)
  --set name=value  queued, keyed, inStream: shares from 0 to 1; alarms, keys, metrics: counts;
                    deliveries, queue, unsubscribe, dashboard, circuitBreaker: true or false
  --json            one JSON object: {"usage":{…},"costs":[…],"total":…}

List prices of us-east-1, free tiers left out. docs/costs.md says what is assumed.`;

const setTo = (usage: Usage, given: string): Usage => {
  const [name = '', value = ''] = given.split('=');
  const known = Object.entries(DEFAULT_USAGE).find(([key]) => key === name)?.[1];
  if (known === undefined) throw new RangeError(`--set knows ${Object.keys(DEFAULT_USAGE).join(', ')}, got: ${name}`);
  if (typeof known === 'boolean') {
    if (value !== 'true' && value !== 'false') throw new RangeError(`${name} is true or false, got: ${value}`);
    return { ...usage, [name]: value === 'true' };
  }
  if (!/^\d+(\.\d+)?$/.test(value)) throw new RangeError(`${name} is a number in digits, got: ${value}`);
  return { ...usage, [name]: Number(value) };
};

const dollars = (amount: number): string => amount.toFixed(2).padStart(10);

/** Of little there is a part, lest a cost stand beside nothing. */
const units = (count: number): string =>
  count < 100 ? `${+count.toPrecision(2)}` : Math.round(count).toLocaleString('en-US');

const PARTS: Readonly<Record<Cost['part'], string>> = {
  sending: 'Sending',
  feedback: 'Feedback',
  list: 'What is stored',
  standing: 'Standing, however little is sent',
  ses: 'SES itself',
};

const page = (costs: readonly Cost[]): string =>
  [
    ...(Object.keys(PARTS) as Cost['part'][]).flatMap((part) => [
      `${dollars(total(costs, part))}  ${PARTS[part]}`,
      ...costs
        .filter((each) => each.part === part)
        .map(
          ({ what, units: count, price, dollars: sum }) =>
            `${dollars(sum)}    ${what}: ${units(count)} × ${price.unit}`,
        ),
    ]),
    `${dollars(total(costs))}  a month, of which ${(total(costs) - total(costs, 'ses')).toFixed(2)} beside SES`,
  ].join('\n');

const run = (): void => {
  const { values } = parseArgs({
    options: {
      mails: { type: 'string' },
      set: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const settings = [...(values.mails === undefined ? [] : [`mails=${values.mails}`]), ...(values.set ?? [])];
  const usage = settings.reduce(setTo, DEFAULT_USAGE);
  const costs = bill(usage);
  process.stdout.write(`${values.json ? JSON.stringify({ usage, costs, total: total(costs) }) : page(costs)}\n`);
};

try {
  run();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
