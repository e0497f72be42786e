import { type BreakerState, LEASE_MS } from '../../../core/breaker/breaker-state.ts';
import { type Look, look } from '../../../core/breaker/look.ts';
import { windowStart } from '../../../core/breaker/window.ts';
import { DAY } from '../../../core/instant.ts';
import { NOW, pauseOf, stateOf } from './samples.ts';

const told = pauseOf({ at: NOW - DAY, toldAt: NOW - DAY + 1 });
const claimed = (ago: number) => pauseOf({ at: NOW - DAY, claimedAt: NOW - ago });
const resumption = (at: number) => ({ at, by: 'command' as const });
const BOTH = ['bounces', 'complaints'] as const;

const BUSY: Look = { kind: 'rest', why: 'busy' };
const JUDGE: Look = { kind: 'judge' };
const foundPaused = (resumedAt?: number): Look => ({
  kind: 'remember',
  becomes: stateOf({
    phase: 'paused',
    pause: { at: NOW, by: 'elsewhere', claimedAt: NOW },
    ...(resumedAt === undefined ? {} : { resumption: resumption(resumedAt) }),
  }),
});

test.each<[string, BreakerState, boolean, Look]>([
  ['SES sends and nothing is known', stateOf(), true, { kind: 'judge' }],
  ['SES sends, once resumed', stateOf({ pause: told, resumption: resumption(NOW - 1) }), true, { kind: 'judge' }],
  ['paused and told', stateOf({ phase: 'paused', pause: told }), false, { kind: 'rest', why: 'paused' }],
  ['paused, and a run is at it', stateOf({ phase: 'paused', pause: claimed(1) }), false, { kind: 'rest', why: 'busy' }],
  [
    'paused, and the run that was at it is dead',
    stateOf({ phase: 'paused', pause: claimed(LEASE_MS) }),
    false,
    { kind: 'tell', becomes: stateOf({ phase: 'paused', pause: claimed(0) }) as never },
  ],
  [
    'paused at SES, and the run died before it could say so',
    stateOf({ phase: 'pausing', pause: claimed(LEASE_MS) }),
    false,
    { kind: 'tell', becomes: stateOf({ phase: 'paused', pause: claimed(0) }) as never },
  ],
  [
    'about to be paused',
    stateOf({ phase: 'pausing', pause: claimed(LEASE_MS - 1) }),
    true,
    { kind: 'rest', why: 'busy' },
  ],
  ['decided, and the run died', stateOf({ phase: 'pausing', pause: claimed(LEASE_MS) }), true, { kind: 'judge' }],
  ['claimed by a clock that is ahead', stateOf({ phase: 'pausing', pause: claimed(-DAY) }), true, { kind: 'judge' }],
  [
    'paused by somebody else',
    stateOf({ pause: told, disarmed: ['bounces'] }),
    false,
    {
      kind: 'remember',
      becomes: stateOf({ phase: 'paused', pause: { at: NOW, by: 'elsewhere', claimedAt: NOW }, disarmed: ['bounces'] }),
    },
  ],
  [
    'resumed by somebody else',
    stateOf({ phase: 'paused', pause: told }),
    true,
    {
      kind: 'remember',
      becomes: stateOf({ pause: told, resumption: { at: NOW, by: 'elsewhere' }, disarmed: BOTH }),
    },
  ],
  [
    'resumed by a clock that is far ahead',
    stateOf({ resumption: resumption(NOW + DAY), disarmed: BOTH }),
    true,
    { kind: 'remember', becomes: stateOf({ resumption: resumption(NOW), disarmed: BOTH }) },
  ],
  [
    'told a day ago',
    stateOf({ phase: 'paused', pause: pauseOf({ at: NOW - 2 * DAY, toldAt: NOW - DAY, claimedAt: NOW - 2 * DAY }) }),
    false,
    {
      kind: 'tell',
      becomes: stateOf({
        phase: 'paused',
        pause: pauseOf({ at: NOW - 2 * DAY, toldAt: NOW - DAY, claimedAt: NOW }),
      }) as never,
    },
  ],
  [
    'told a day ago, and a run is at it',
    stateOf({ phase: 'paused', pause: pauseOf({ at: NOW - 2 * DAY, toldAt: NOW - DAY, claimedAt: NOW - 1 }) }),
    false,
    { kind: 'rest', why: 'busy' },
  ],
  [
    'paused a moment ago, and SES does not say so yet',
    stateOf({ phase: 'paused', pause: pauseOf({ at: NOW - 119_999, toldAt: NOW }) }),
    true,
    { kind: 'rest', why: 'busy' },
  ],
  [
    'found paused a moment ago, and SES sends',
    stateOf({ phase: 'paused', pause: { at: NOW - 1, by: 'elsewhere' } }),
    true,
    {
      kind: 'remember',
      becomes: stateOf({
        pause: { at: NOW - 1, by: 'elsewhere' },
        resumption: { at: NOW, by: 'elsewhere' },
        disarmed: BOTH,
      }),
    },
  ],
  [
    'paused longer ago, and SES sends',
    stateOf({ phase: 'paused', pause: pauseOf({ at: NOW - 120_000, toldAt: NOW }) }),
    true,
    {
      kind: 'remember',
      becomes: stateOf({
        pause: pauseOf({ at: NOW - 120_000, toldAt: NOW }),
        resumption: { at: NOW, by: 'elsewhere' },
        disarmed: BOTH,
      }),
    },
  ],
  [
    'resumed a moment ago, and SES does not say so yet',
    stateOf({ resumption: resumption(NOW - 119_999) }),
    false,
    { kind: 'rest', why: 'busy' },
  ],
  ['paused, and a run is at it just now', stateOf({ phase: 'paused', pause: claimed(0) }), false, BUSY],
  ['resumed just now, and SES does not say so yet', stateOf({ resumption: resumption(NOW) }), false, BUSY],
  [
    'paused just now, and SES does not say so yet',
    stateOf({ phase: 'paused', pause: pauseOf({ at: NOW, toldAt: NOW }) }),
    true,
    BUSY,
  ],
  ['decided and told already', stateOf({ phase: 'pausing', pause: { ...claimed(2), toldAt: NOW - 2 } }), true, JUDGE],
  ['running after a pause a moment ago', stateOf({ pause: pauseOf({ at: NOW - 1, claimedAt: NOW - 1 }) }), true, JUDGE],
  ['about to be paused by nobody', stateOf({ phase: 'pausing' }), true, JUDGE],
  ['resumed by a clock ahead, and paused', stateOf({ resumption: resumption(NOW + 1) }), false, foundPaused(NOW + 1)],
  ['paused by nobody', stateOf({ phase: 'paused' }), false, foundPaused()],
  [
    'paused by nobody, and SES sends',
    stateOf({ phase: 'paused' }),
    true,
    { kind: 'remember', becomes: stateOf({ resumption: { at: NOW, by: 'elsewhere' }, disarmed: BOTH }) },
  ],
  [
    'paused and told, whenever it was resumed before',
    stateOf({ phase: 'paused', pause: told, resumption: resumption(NOW - 1) }),
    false,
    { kind: 'rest', why: 'paused' },
  ],
  ['resumed by a clock a little ahead', stateOf({ resumption: resumption(NOW + 300_000) }), true, { kind: 'judge' }],
])('%s', (_what, state, isSending, wanted) => {
  expect(look(state, isSending, NOW)).toEqual(wanted);
});

test('mail counts from a day back, on a full minute', () => {
  expect(windowStart({}, NOW + 59_999)).toBe(NOW - DAY);
  expect(windowStart({ resumption: resumption(NOW - 2 * DAY) }, NOW)).toBe(NOW - DAY);
});

test('mail counts from the minute after sending was resumed', () => {
  expect(windowStart({ resumption: resumption(NOW - 59_999) }, NOW)).toBe(NOW);
  expect(windowStart({ resumption: resumption(NOW - 60_000) }, NOW)).toBe(NOW - 60_000);
  expect(windowStart({ resumption: resumption(NOW + 1) }, NOW)).toBe(NOW + 60_000);
});
