import { pathToFileURL } from 'node:url';
import { campaign } from '../../../proof/fuzz/campaign.ts';
import { decodeInput } from '../../../proof/fuzz/finding.ts';
import { ready } from '../../../proof/fuzz/recipe.ts';

test('a target that hangs or takes all memory is killed, named with its input, and the others go on', async () => {
  const targets = pathToFileURL(require.resolve('./planted.ts'));
  const { findings, targets: reports } = await campaign({
    targets,
    seed: 1,
    millis: 15_000,
    patienceMs: 3000,
    heapMb: 96,
  });
  const kinds = new Map(
    findings.map(({ target, kind, input }) => [target, { kind, input: ready(decodeInput(input)) }]),
  );
  expect(kinds.get('crashing')).toMatchObject({ kind: 'crash' });
  expect(kinds.get('hanging')).toMatchObject({ kind: 'hang', input: { name: '' } });
  expect(kinds.get('greedy')?.kind).toBe('memory');
  const crashing = reports.find(({ target }) => target === 'crashing');
  expect(crashing?.inputs).toBeGreaterThan(0);
  expect(crashing?.seen).toEqual(['answered']);
});
