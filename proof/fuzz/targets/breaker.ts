import { readState, writeState } from '../../../adapters/breaker-codec.ts';
import { BreakerStateUnreadable } from '../../../core/breaker/breaker-store.ts';
import { limitsOf } from '../../../core/breaker/limits.ts';
import type { Notice } from '../../../core/breaker/notices.ts';
import { DEFAULT_BREAKER } from '../../../core/contract/index.ts';
import { makeHandler } from '../../../lambda/breaker/handler.ts';
import { isObject, type Json } from '../json.ts';
import { checkForPeople } from '../oracles.ts';
import { ready, readyText } from '../recipe.ts';
import { promise, type Target } from '../target.ts';
import { ClosedCounts } from '../worlds/closed-counts.ts';
import { LinesLog } from '../worlds/lines-log.ts';

const NOW = Date.UTC(2026, 0, 3);
const RUNS = ['kept', 'tripped', 'told', 'noticed', 'paused', 'busy'];

const readings = (bounces: number, volume: number, over: { readonly [name: string]: Json } = {}): Json => ({
  ses: { bounces: 0.01, complaints: 0.0001 },
  events: { bounces, complaints: 0 },
  volume,
  busiest: volume,
  ...over,
});

const PAUSED: Json = {
  phase: 'paused',
  pause: { at: NOW - 1000, by: 'command', operator: 'pat', note: 'too many bounces', toldAt: NOW - 200_000_000 },
  disarmed: ['bounces'],
};

const ALARM: Json = {
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  detail: { alarmName: 'Bounces', state: { value: 'ALARM', reason: 'x' } },
};

const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);
const rate = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

/** The circuit breaker: events it must not believe, numbers at the edges, and what it remembers in any state. */
export const breaker = (): Target => {
  const lines = new LinesLog();
  const counts = new ClosedCounts();
  return {
    name: 'breaker',
    seeds: [
      { event: ALARM, readings: readings(0, 5000), state: null, isSending: true },
      {
        event: { Records: [{ Sns: { Message: { $json: ALARM } } }] },
        readings: readings(900, 5000),
        state: null,
        isSending: true,
      },
      { event: ALARM, readings: readings(900, 5000), state: { $json: PAUSED }, isSending: false },
      {
        event: ALARM,
        readings: readings(1, 10),
        state: { $json: { phase: 'running', disarmed: [], resumption: { at: NOW, by: 'command' } } },
        isSending: true,
      },
      {
        event: {},
        readings: readings(1, 10),
        state: { $json: { phase: 'pausing', disarmed: [], pause: { at: NOW, by: 'breaker', claimedAt: NOW } } },
        isSending: false,
      },
      { event: {}, readings: readings(1, 10), state: null, isSending: false },
    ],
    words: [
      'bounces',
      'complaints',
      'ses',
      'own',
      'phase',
      'pause',
      'paused',
      'pausing',
      'running',
      'toldAt',
      'claimedAt',
      'resumption',
      'breaker',
      'command',
      'elsewhere',
    ],
    answers: [...RUNS, 'unreadable'],
    async run(input) {
      const given = ready(input);
      if (!isObject(given)) return [];
      const read = isObject(given.readings) ? given.readings : {};
      const ses = isObject(read.ses) ? read.ses : {};
      const events = isObject(read.events) ? read.events : {};
      let text = given.state === null || given.state === undefined ? undefined : readyText(given.state);
      let version = 0;
      let isSending = given.isSending === true;
      const notices: Notice[] = [];
      const handler: (event?: unknown) => Promise<string> = makeHandler({
        pausable: { kind: 'configuration-set', name: 'mine' },
        sending: {
          isEnabled: async () => isSending,
          set: async (enabled) => {
            isSending = enabled;
          },
        },
        rates: {
          read: async () => ({
            ses: { bounces: rate(ses.bounces), complaints: rate(ses.complaints) },
            events: { bounces: number(events.bounces), complaints: number(events.complaints) },
            volume: number(read.volume),
            busiest: number(read.busiest),
          }),
        },
        store: {
          read: async () => (text === undefined ? undefined : { state: readState(text), version: String(version) }),
          write: async (_of, state, over) => {
            if (over !== (text === undefined ? undefined : String(version))) return undefined;
            text = writeState(state);
            version += 1;
            return String(version);
          },
        },
        notices: { publish: async (notice) => void notices.push(notice) },
        limits: limitsOf({ ...DEFAULT_BREAKER, volume: 'Delivery' }),
        options: '--stack Suppressor',
        counts,
        log: lines.log,
        now: () => NOW,
      });
      const before = isSending;
      let run: string;
      try {
        run = await handler(given.event);
      } catch (fault) {
        if (fault instanceof BreakerStateUnreadable) return ['unreadable'];
        throw fault;
      } finally {
        lines.check(JSON.stringify(given).length);
      }
      promise(RUNS.includes(run), () => `a run that came to ${run}`);
      promise(before || !isSending, () => 'the breaker resumed sending');
      promise(run === 'tripped' || isSending === before, () => `sending was switched, and the run came to ${run}`);
      for (const { subject, text: words } of notices) {
        promise(/^[!-~][ -~]{0,98}$/.test(subject), () => `SNS takes no such subject: ${JSON.stringify(subject)}`);
        checkForPeople(words, JSON.stringify(given));
      }
      counts.take();
      return [run];
    },
  };
};
