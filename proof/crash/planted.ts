import type { Change } from './program.ts';

/** A fault put into the source on purpose, and the scenario that has to notice it. */
export interface Planted {
  readonly name: string;
  readonly changes: readonly Change[];
  readonly scenario: string;
  /** Whether nothing is wrong as long as nobody dies. */
  readonly onlyByCrash: boolean;
}

const ONCE = 'core/send/once.ts';
const CLAIM = `  const claimed = await claim(record, ruling.over, keyed);
  if (!claimed.free) return claimed.result;
`;
const REFUSED = '  if (!said.ok) return told(await concludeRefused(record, said.error, keyed), draft);\n';

/** What a checker that is worth anything notices. */
export const PLANTED: readonly Planted[] = [
  {
    name: 'a key is marked as answered before SES was asked',
    changes: [
      {
        file: ONCE,
        from: "const record = begin({ state: 'running' });",
        to: "const record = begin({ state: 'answered', messageId: 'mail-1', messageIdHeader: '<mail-1>' });",
      },
    ],
    scenario: 'a key',
    onlyByCrash: true,
  },
  {
    name: 'the key is taken only when SES has answered',
    changes: [
      { file: ONCE, from: CLAIM, to: '' },
      { file: ONCE, from: REFUSED, to: `${REFUSED}${CLAIM}` },
    ],
    scenario: 'a key',
    onlyByCrash: true,
  },
  {
    name: 'a key is free again as soon as whoever held it is dead for certain',
    changes: [
      {
        file: 'core/messages/rule-key.ts',
        from: "if (progress.state === 'withheld' || now >= expiryOf(record))",
        to: "if (progress.state === 'withheld' || now >= expiryOf(record) || (progress.state === 'running' && now >= runsUntil))",
      },
    ],
    scenario: 'a key',
    onlyByCrash: true,
  },
  {
    name: 'records are acknowledged before they are written',
    changes: [
      {
        file: 'lambda/feedback/process-units.ts',
        from: 'const applied = await apply(read, deps);',
        to: 'const applied = { ...NOTHING_SETTLED, learnt: new Map() };\n  void apply(read, deps);',
      },
    ],
    scenario: 'a bounce and a message that is no JSON',
    onlyByCrash: false,
  },
  {
    name: 'what is read twice is learnt twice',
    changes: [
      {
        file: 'core/decisions/facts.ts',
        from: 'id: event.id,',
        to: 'id: event.id + Date.now(),',
      },
    ],
    scenario: 'a bounce and a message that is no JSON',
    onlyByCrash: false,
  },
  {
    name: 'a write that lost the race counts as written',
    changes: [
      {
        file: 'adapters/dynamodb-ledger.ts',
        from: "return 'lost';",
        to: "return 'written';",
      },
    ],
    scenario: 'somebody else writes the entry first, where there was none',
    onlyByCrash: false,
  },
];
