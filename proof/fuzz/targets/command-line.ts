import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { classify } from '../../../core/decisions/classify.ts';
import { factsOf } from '../../../core/decisions/facts.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { isObject, type Json } from '../json.ts';
import { readyText } from '../recipe.ts';
import { MESSAGES } from '../seeds/messages.ts';
import type { Target } from '../target.ts';
import { cliWorld, NOW, runCli } from '../worlds/cli-world.ts';
import { checkItems } from '../worlds/items.ts';

const COMMANDS: readonly (readonly string[])[] = [
  ['check', 'pat@target.example', 'Sam <sam@target.example>', '--stream', 'newsletter'],
  ['check', '-', '--json'],
  ['list', '--reason', 'hard-bounce', '--scope', '*', '--since', '2026-01-01', '--until', '2027-01-01', '--limit', '5'],
  ['list', '--json', '--after', 'eyJhIjoxfQ'],
  ['explain', 'pat@target.example', '--stream', 'receipts'],
  ['explain', 'pat@target.example', '--json', '--scope', 'tenant:blue', '--policy', 'file'],
  ['add', 'new@target.example', '--note', 'asked on the telephone', '--scope', 'newsletter', '--by', 'support'],
  ['add', 'new@target.example', '--json'],
  ['remove', 'pat@target.example', '--all-scopes', '--note', 'a note'],
  ['remove', '--reason', 'hard-bounce', '--domain', 'target.example', '--diagnostic', '5.1.1', '--yes', '--json'],
  ['remove', '--reason', 'hard-bounce', '--since', '2026-01-01T00:00:00Z'],
  ['allow', 'pat@target.example', '--scope', '*', '--note', 'n'],
  ['forget', 'pat@target.example', '--unblock', '--yes'],
  ['export', '--json'],
  ['export'],
  ['export', '--format', 'csv', '--output', 'out.csv'],
  ['message', '<order-4711@ledger.example>', '--json'],
  ['message', '--key', 'order-4711'],
  ['pause', '--note', 'too many bounces', '--account'],
  ['resume', '--json'],
  ['sync', '--ses-region', 'eu-west-1'],
  ['stats', '--hours', '24', '--list', '--json'],
  ['sync', '--direction', 'push', '--yes', '--json', '--one-by-one'],
  ['sync', '--direction', 'pull', '--yes'],
  ['redrive', 'feedback'],
  ['replay', 'file'],
  ['doctor', '--domain', 'target.example', '--json'],
  ['smoke', '--from', 'no-reply@ledger.example', '--timeout', '5'],
  ['help', 'check'],
  ['--version'],
  ['classify', '--policy', 'file', '-'],
  [],
];

const CODES = [...['Usage', 'NoCommand', 'StackNotFound', 'NoInput', 'PolicyInvalid', 'FileUnreadable']];

/** Commands that need a deployment. */
const AWAY = new Set(['doctor', 'smoke']);

/** What the list has learnt before each command. */
const facts = MESSAGES.flatMap((message) => openEnvelope(message))
  .map((opened) => classify(opened, DEFAULT_POLICY))
  .flatMap((read) => (read.kind === 'decided' ? read.lines : []))
  .flatMap((line) => ('event' in line && line.event !== undefined ? [factsOf(line.event, line.decision)] : []))
  .filter((entry) => entry !== undefined);

/** Every command with arguments and standard input that nobody expects. */
export const commandLine = (): Target => ({
  name: 'command-line',
  seeds: [
    { args: ['classify'], stdin: '', file: '' },
    ...COMMANDS.map(
      (args): Json => ({
        args: [...args],
        stdin: 'pat@target.example\nSam <sam@target.example>\n',
        file: '{"complaintScope":"stream"}',
      }),
    ),
  ],
  words: [
    ...COMMANDS.flat(),
    ...[
      '--',
      '-',
      '--json',
      '--help',
      '-h',
      '--stack',
      '--table',
      '--endpoint',
      'http://127.0.0.1:1',
      '--region',
      '--all-scopes',
    ],
    ...[
      '--scope',
      '--note',
      '--by',
      '--yes',
      '--limit',
      '0',
      '-1',
      '1e9',
      '--since=',
      '--no-json',
      '--toString',
      '__proto__',
    ],
  ],
  answers: [
    ...CODES,
    'exit 0',
    'exit 1',
    'exit 2',
    'exit 3',
    ...new Set(
      COMMANDS.flatMap(([name]) => (name === undefined || !/^\w/.test(name) || AWAY.has(name) ? [] : [`ran ${name}`])),
    ),
  ],
  async run(input) {
    if (!isObject(input)) return [];
    const args = (Array.isArray(input.args) ? input.args : []).map(readyText).slice(0, 60);
    const file = readyText(input.file);
    const ledger = new MemoryLedger({ now: () => NOW });
    await learn(ledger, facts, DEFAULT_POLICY);
    const isCsv = args[0] === 'export' && args.length === 1;
    const world = { ...cliWorld(readyText(input.stdin), { file }), ledger };
    const said = await runCli(args, world, isCsv ? 'csv' : 'either');
    checkItems(ledger.items, JSON.stringify(args).length);
    return [`exit ${said.exit}`, ...(said.code === undefined ? [`ran ${args[0]}`] : [said.code])];
  },
});
