import { isObject, type Json } from '../json.ts';
import { readyText } from '../recipe.ts';
import { ENVELOPED, FEEDBACK_WORDS, MESSAGES, sns } from '../seeds/messages.ts';
import { promise, type Target } from '../target.ts';
import { cliWorld, runCli } from '../worlds/cli-world.ts';
import { checkItems } from '../worlds/items.ts';

/** `replay` of archives: into an empty list, and a second time. */
export const replay = (): Target => ({
  name: 'replay',
  seeds: [
    { args: ['--yes'], archive: { $lines: ENVELOPED } },
    { args: ['--yes', '--json'], archive: { $lines: ENVELOPED.slice(0, 6) } },
    { args: ['--yes'], archive: { $json: MESSAGES } },
    { args: [], archive: { $lines: ENVELOPED.slice(0, 3) } },
    {
      args: ['--yes', '--policy', 'policy.json'],
      archive: { $lines: ENVELOPED },
      policy: { $json: { complaintScope: 'stream' } },
    },
    {
      args: ['--policy', 'policy.json'],
      archive: { $lines: ENVELOPED.slice(0, 2) },
      policy: { $json: { complaintScope: 7 } },
    },
    { args: [], archive: '' },
    ...MESSAGES.map((message): Json => ({ args: ['--yes'], archive: { $json: sns({ $json: message }) } })),
  ],
  words: [...FEEDBACK_WORDS, '--yes', '--json', '--policy', 'policy.json', '\n'],
  answers: ['done', 'malformed', 'NoInput', 'PolicyInvalid', 'written'],
  async run(input) {
    if (!isObject(input)) return [];
    const args = (Array.isArray(input.args) ? input.args : []).map(readyText).slice(0, 10);
    const archive = readyText(input.archive);
    const world = cliWorld(archive, { archive, 'policy.json': readyText(input.policy) });
    const said = await runCli(['replay', ...args, '--', 'archive'], world);
    checkItems(world.ledger.items, archive.length);
    const { writes } = world.ledger;
    if (writes > 0 && !args.some((arg) => arg.startsWith('--p'))) {
      await runCli(['replay', ...args, '--', 'archive'], world);
      promise(
        world.ledger.writes === writes,
        () => `the same archive again wrote ${world.ledger.writes - writes} entries`,
      );
    }
    return [said.code ?? (said.exit === 0 ? 'done' : 'malformed'), ...(writes > 0 ? ['written'] : [])];
  },
});
