import fc from 'fast-check';
import { type Ended, type Probe, RUNS_MS, type SesMood, World } from './once-world.ts';

/** One of those who act at the same time. */
type Actor =
  /** Invokes the function, which dies or meets a fault at its nth point, or neither. */
  | { readonly does: 'invoke'; readonly body: string; readonly dies?: number; readonly fails?: number }
  | { readonly does: 'report' }
  | { readonly does: 'wait' }
  | { readonly does: 'change'; readonly ses: SesMood };

const point = fc.nat({ max: 14 });
const invocation: fc.Arbitrary<Actor> = fc.record(
  {
    does: fc.constant('invoke' as const),
    body: fc.constantFrom('Thank you.', 'Thank you.', 'Another body.'),
    dies: point,
    fails: point,
  },
  { requiredKeys: ['does', 'body'] },
);
const actor: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 6, arbitrary: invocation },
  { weight: 2, arbitrary: fc.constant<Actor>({ does: 'report' }) },
  { weight: 1, arbitrary: fc.constant<Actor>({ does: 'wait' }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<SesMood>('accepts', 'loses-answer', 'loses-request', 'RateExceeded')
      .map((ses): Actor => ({ does: 'change', ses })),
  },
);

const TOLD = [
  'InProgress',
  'OutcomeUnknown',
  'ListUnavailable',
  'RateExceeded',
  'InvalidRequest',
  'IdempotencyKeyReused',
];

test('whoever asks, dies, fails or reports in whatever order: at most one mail, only true answers, never silence', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(actor, { minLength: 2, maxLength: 7 }), async (scheduler, actors) => {
      const world = new World();
      const ends: Ended[] = [];
      const inTurn = (label: string) => scheduler.schedule(Promise.resolve(), label);
      const invoke = ({ body, dies, fails }: Extract<Actor, { does: 'invoke' }>): Promise<void> => {
        let met = 0;
        let dead = false;
        return new Promise((resolve, reject) => {
          const probe: Probe = async (label) => {
            const n = met;
            met += 1;
            dead ||= n === dies;
            if (dead) {
              resolve();
              return new Promise<never>(() => undefined);
            }
            await inTurn(label);
            if (n === fails) throw new Error('the table is out');
          };
          world.invoke({ text: body }, probe).then((ended) => {
            ends.push(ended);
            resolve();
          }, reject);
        });
      };
      const act = async (one: Actor): Promise<void> => {
        await inTurn(one.does);
        if (one.does === 'invoke') return invoke(one);
        if (one.does === 'report') await world.report(world.accepted, inTurn);
        if (one.does === 'wait') world.now += RUNS_MS + 5000;
        if (one.does === 'change') world.ses = one.ses;
      };
      const all = Promise.all(actors.map(act));
      await scheduler.waitFor(all);

      world.ses = 'accepts';
      world.now += RUNS_MS + 5000;
      const bodies = ['Thank you.', 'Another body.'];
      for (const text of bodies) ends.push(await world.invoke({ text }));
      expect(world.accepted.length).toBeLessThanOrEqual(1);
      const mailed = world.accepted[0]?.messageId;
      for (const ended of ends) {
        if (ended === 'crashed') throw new Error('not ended');
        if (ended.ok) expect(ended.value.messageId).toBe(mailed);
        else expect(TOLD).toContain(ended.error.code);
      }

      await world.report();
      const settled = await Promise.all(bodies.map((text) => world.invoke({ text })));
      const codes = settled.map((last) => (last.ok ? 'duplicate' : last.error.code));
      const first = mailed === undefined ? 'OutcomeUnknown' : 'duplicate';
      expect(codes.sort()).toEqual(['IdempotencyKeyReused', first].sort());
      seen.add(first);
    }),
    { numRuns: 300 },
  );
  expect([...seen].sort()).toEqual(['OutcomeUnknown', 'duplicate']);
});
