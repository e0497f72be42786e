import { DECISION_RULES } from '../../../core/contract/metric-rules.ts';
import type { Json } from '../json.ts';
import { checkLines } from '../oracles.ts';
import { readyText } from '../recipe.ts';
import { ENVELOPED, EVENTS, FEEDBACK_WORDS, MESSAGES, nested } from '../seeds/messages.ts';
import { promise, type Target } from '../target.ts';
import { cliWorld, runCli } from '../worlds/cli-world.ts';
import { MALFORMED_CODES } from './feedback.ts';

const SHAPES = [
  ['input', 'type', 'address', 'effect', 'reason', 'scope', 'until', 'rule'],
  ['input', 'type', 'address', 'error'],
  ['input', 'error'],
].map(String);

const ADDRESS_CODES = [
  ...['AddressEmpty', 'AddressTooLong', 'AddressControlCharacter', 'AddressDomain', 'AddressNotText'],
  ...['AddressSyntax', 'AddressNotOne', 'AddressNotAscii', 'AddressIpLiteral'],
];

/** `classify` on standard input: NDJSON, a list, one document over several lines, and bytes. */
export const classify = (): Target => ({
  name: 'classify',
  seeds: [
    '',
    { $json: nested(12) },
    { $lines: ENVELOPED },
    { $json: MESSAGES },
    ...MESSAGES.map((message): Json => ({ $json: message })),
    ...EVENTS.slice(-5).map((event): Json => ({ $json: event })),
    { $join: ['{\n  "eventType": "Bounce",\n  "bounce": ', { $json: MESSAGES[0] ?? null }, '\n}\n'] },
    { $utf16: { $json: MESSAGES[0] ?? null } },
    { $utf8: { $join: ['\ufeff', { $json: MESSAGES[0] ?? null }, '\n\n', '{"Messages":[{"Body":"x"}]}'] } },
    '\x00\xff\xfe raw \x80\n[1,2\n',
  ],
  words: [...FEEDBACK_WORDS, '\n', '{\n', '\n}', '[', ']', ',', '"', '\\u', 'Messages', 'Body'],
  answers: [...DECISION_RULES, 'foreign-recipient', ...MALFORMED_CODES, ...ADDRESS_CODES, 'NoInput'],
  async run(input) {
    const stdin = readyText(input);
    const first = await runCli(['classify'], cliWorld(stdin), 'lines');
    const second = await runCli(['classify'], cliWorld(stdin), 'lines');
    promise(first.out === second.out && first.exit === second.exit, () => 'the same input, and other decisions');
    promise([0, 2].includes(first.exit), () => `the exit code ${first.exit}: ${first.err}`);
    let last = -1;
    const answers: string[] = first.code === undefined ? [] : [first.code];
    for (const line of checkLines(first.out)) {
      promise(SHAPES.includes(String(Object.keys(line))), () => `a line of another shape: ${JSON.stringify(line)}`);
      promise(line.input === last || line.input === last + 1, () => `input ${line.input} after ${last}`);
      last = Number(line.input);
      promise(line.effect !== 'none' || line.scope === null, () => 'a scope of nothing');
      const error = line.error;
      answers.push(
        typeof error === 'object' && error !== null ? String((error as { code?: unknown }).code) : String(line.rule),
      );
    }
    return answers;
  },
});
