import type { LocalCloud } from '../cloud.ts';
import type { Said } from '../simulator/publisher.ts';
import { CAST, MIXED, type Role } from './cast.ts';
import { feedbackLine } from './feedback-line.ts';
import type { EntryEvent, LoopEvent, MailEvent } from './loop-event.ts';
import { expect } from './loop-failure.ts';
import { openList } from './read-list.ts';
import { mailTo, sendMail } from './send-mail.ts';
import { settle } from './settle.ts';
import { trySending } from './ways-to-send.ts';

export interface LoopOptions {
  /** What the simulator has said so far; grows while the loop runs. */
  readonly said: readonly Said[];
  readonly report: (event: LoopEvent) => void;
  /** How long feedback may take to reach the table, in milliseconds. */
  readonly patienceMs: number;
}

/**
 * Runs the closed loop once and checks every step of it: send, feedback, list, send again, other ways to send.
 *
 * @throws LoopFailure that names the step, what was expected and what came instead
 */
export async function runClosedLoop(cloud: LocalCloud, options: LoopOptions): Promise<void> {
  const { said, report, patienceMs } = options;
  const start = Date.now();
  let told = 0;
  const tell = () => {
    for (; told < said.length; told += 1) report(feedbackLine(said[told] as Said, start));
  };
  const list = openList(cloud.addresses);
  try {
    await sendToAll(cloud, options);
    await settle(cloud, patienceMs, 'feedback', tell);
    await checkList(CAST, (address) => list.read(address), options);
    await sendAgain(cloud, options);
    await settle(cloud, patienceMs, 'send-again');
    await trySending(cloud, options);
    await settle(cloud, patienceMs, 'feedback');
    for (const { name, size } of [cloud.deadLetterQueue, cloud.sendDeadLetterQueue])
      expect(size === 0, 'dead-letters', `${name} should be empty, it holds ${size}`);
  } finally {
    list.close();
  }
}

async function sendToAll(cloud: LocalCloud, options: LoopOptions): Promise<void> {
  for (const { address } of CAST) {
    const { status, messageId } = await send(cloud, options, 1, [address]);
    expect(status === 'sent', 'send', `the first mail to ${address} should be sent, got: ${status}`);
    const known = cloud.inbox.mails.some((mail) => mail.messageId === messageId);
    expect(known, 'send', `the answer for ${address} should give the id SES gave, got: ${messageId}`);
  }
}

async function checkList(
  cast: readonly Role[],
  read: (address: string) => Promise<EntryEvent>,
  { report }: LoopOptions,
): Promise<void> {
  const entries: EntryEvent[] = [];
  for (const { address } of cast) {
    const entry = await read(address);
    report(entry);
    entries.push(entry);
  }
  for (const [index, { address, reason }] of cast.entries()) {
    const got = entries[index]?.status === 'suppressed' ? `suppressed for ${entries[index].reason}` : 'free to mail';
    const wanted = reason === null ? 'free to mail' : `suppressed for ${reason}`;
    expect(got === wanted, 'list', `${address} should be ${wanted}, it is ${got}`);
  }
}

async function sendAgain(cloud: LocalCloud, options: LoopOptions): Promise<void> {
  for (const { address, reason } of CAST) {
    const before = cloud.inbox.accepted;
    const answer = await send(cloud, options, 2, [address]);
    const mailed = cloud.inbox.accepted - before;
    const wanted = reason === null ? 'sent' : 'suppressed';
    expect(answer.status === wanted, 'send-again', `${address} should now be ${wanted}, got: ${answer.status}`);
    expect(
      mailed === (reason === null ? 1 : 0),
      'send-again',
      `SES should get ${reason === null ? 'one mail' : 'nothing'} for ${address}, it got ${mailed}`,
    );
    const why = answer.suppressed[0]?.reason ?? null;
    expect(why === reason, 'send-again', `${address} should be withheld for ${reason}, the answer says ${why}`);
  }
  await sendMixed(cloud, options);
}

/** One mail to somebody dead and somebody alive reaches the living alone. */
async function sendMixed(cloud: LocalCloud, options: LoopOptions): Promise<void> {
  const { status, sent, suppressed } = await send(cloud, options, 2, [MIXED.dead, MIXED.live]);
  const envelope = cloud.inbox.last?.recipients.join(', ') ?? 'nobody';
  expect(status === 'partly-sent', 'send-again', `a mail to both should be partly-sent, got: ${status}`);
  expect(envelope === MIXED.live, 'send-again', `SES should mail ${MIXED.live} alone, it mailed ${envelope}`);
  expect(
    sent.join() === MIXED.live && suppressed.map(({ address }) => address).join() === MIXED.dead,
    'send-again',
    `the answer should say that ${MIXED.dead} was left out, it says: ${suppressed.map(({ address }) => address).join()}`,
  );
}

async function send(
  cloud: LocalCloud,
  { report }: LoopOptions,
  round: 1 | 2,
  to: readonly string[],
): Promise<MailEvent> {
  const before = performance.now();
  const request = mailTo(to);
  const step = round === 1 ? 'send' : 'send-again';
  const { status, messageId, sent, suppressed } = await sendMail(cloud.addresses.lambda, request, step);
  const ms = Math.round(performance.now() - before);
  const event: MailEvent = {
    event: 'mail',
    round,
    to,
    subject: request.subject,
    status,
    messageId,
    sent,
    suppressed,
    ms,
  };
  report(event);
  return event;
}
