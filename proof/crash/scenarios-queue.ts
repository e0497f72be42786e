import { cut, type Disturbance, refused, refusedBySes } from './disturbance.ts';
import type { Scenario } from './explore.ts';
import { deliverSends, judgeSends } from './play-queue.ts';
import type { Request } from './play-send.ts';
import type { Program } from './program.ts';
import { BOUNCED, blockSome, keyed, request } from './requests.ts';

interface Queue {
  readonly name: string;
  readonly requests: readonly Request[];
  /** What becomes of each without a crash. */
  readonly become: readonly string[];
  readonly hasFeedback?: boolean;
  readonly disturbances?: () => readonly Disturbance[];
  readonly lateUpTo?: number;
}

const queueing = ({ name, requests, become, hasFeedback = false, ...more }: Queue, feedback: Program): Scenario => ({
  name,
  program: 'queue',
  ...more,
  async play(run, calm) {
    await blockSome(run.world);
    await deliverSends(run, requests, hasFeedback ? feedback : undefined);
    const { state, faults } = judgeSends(run, requests, hasFeedback, calm);
    if (calm === undefined && state.join() !== become.join())
      return { state, faults: [...faults, `without a crash: ${state}, not ${become}`] };
    return { state, faults };
  },
});

/** What the queue function is put through. */
export const queueScenarios = (feedback: Program): Scenario[] =>
  (
    [
      { name: 'one request', requests: [request('a')], become: ['a mailed'], lateUpTo: 3 },
      {
        name: 'one request, and SES reports on it before it comes back',
        requests: [request('a')],
        become: ['a mailed'],
        hasFeedback: true,
      },
      {
        name: 'two that can be sent, one that nobody may get, one that is malformed',
        requests: [request('a'), keyed('b'), request('c', { to: [BOUNCED] }), request('d', { from: 'nobody' })],
        become: ['a mailed', 'b mailed', 'c withheld', 'd InvalidRequest'],
      },
      {
        name: 'SES refuses by rate, and the request comes back',
        requests: [request('a')],
        become: ['a mailed'],
        disturbances: () => [refusedBySes(1, 'rate')],
      },
      {
        name: 'SES refuses by quota, and the request comes back',
        requests: [request('a'), request('b')],
        become: ['a mailed', 'b mailed'],
        disturbances: () => [refusedBySes(1, 'quota')],
      },
      {
        name: 'SES takes the mail and the answer is lost',
        requests: [request('a')],
        become: ['a mailed'],
        disturbances: () => [cut('SendRawEmail', 1)],
      },
      {
        name: 'a malformed request that cannot be set aside at first',
        requests: [request('d', { from: 'nobody' })],
        become: ['d InvalidRequest'],
        disturbances: () => [refused('SendMessage', 1, 'AccessDeniedException')],
      },
      {
        name: 'no slot can be reserved at first, and the quota cannot be read',
        requests: [request('a')],
        become: ['a mailed'],
        disturbances: () => [
          refused('UpdateItem', 1, 'AccessDeniedException'),
          refusedBySes(1, 'access-denied', 'GetSendQuota'),
        ],
      },
    ] satisfies readonly Queue[]
  ).map((each) => queueing(each, feedback));
