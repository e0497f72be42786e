import * as v from 'valibot';
import { DEFAULT_POLICY, policySchema } from '../../../core/contract/index.ts';
import type { Json } from '../json.ts';
import { readyText } from '../recipe.ts';
import { MESSAGES } from '../seeds/messages.ts';
import { promise, type Target } from '../target.ts';
import { cliWorld, runCli } from '../worlds/cli-world.ts';

/** Of the messages, so many are well-formed. */
const WELL_FORMED = 20;

const POLICIES: readonly Json[] = [
  {},
  JSON.parse(JSON.stringify(DEFAULT_POLICY)),
  { complaintScope: 'stream', globalListHoldDays: 1, simulatorHoldHours: 0.001, whenListUnavailable: 'send' },
  {
    softBounceSteps: [
      { strikes: 1, holdDays: 1 },
      { strikes: 12, holdDays: null },
    ],
    softBounceWindowDays: 3650,
  },
  { deadAddressStatuses: ['5.1.1', '5.1.10'], deadDomainStatuses: [] },
];

/** Policies as files, as the stack's configuration passes them, and what is decided by them. */
export const policy = (): Target => ({
  name: 'policy',
  seeds: POLICIES.map((each): Json => ({ $json: each })),
  words: [...Object.keys(DEFAULT_POLICY), 'stream', '*', 'refuse', 'send', 'strikes', 'holdDays', '5.1.1', '4.999.999'],
  answers: ['taken', 'PolicyInvalid'],
  async run(input) {
    const text = readyText(input);
    const stdin = MESSAGES.slice(0, WELL_FORMED)
      .map((message) => `${JSON.stringify(message)}\n`)
      .join('');
    const said = await runCli(
      ['classify', '--policy', 'policy.json'],
      cliWorld(stdin, { 'policy.json': text }),
      'lines',
    );
    const parsed = ((): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    })();
    const read = v.safeParse(policySchema(), parsed);
    if (!read.success) {
      promise(
        said.code === 'PolicyInvalid' || !text.isWellFormed(),
        () => `a policy that is none was taken: ${said.code}`,
      );
      return ['PolicyInvalid'];
    }
    promise(said.exit === 0, () => `a policy that is right is refused: ${said.err}`);
    const again = v.safeParse(policySchema(), JSON.parse(JSON.stringify(read.output)));
    promise(
      again.success && JSON.stringify(again.output) === JSON.stringify(read.output),
      () => 'a policy reads otherwise a second time',
    );
    return ['taken'];
  },
});
