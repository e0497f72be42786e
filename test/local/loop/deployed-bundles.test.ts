import { type LocalCloud, startLocalCloud } from '../../../local/cloud.ts';
import { runClosedLoop } from '../../../local/loop/closed-loop.ts';
import { mailTo } from '../../../local/loop/send-mail.ts';
import type { FaultKind } from '../../../local/ses/injected-fault.ts';
import type { Said } from '../../../local/simulator/publisher.ts';
import { functionsAt } from '../fixtures/functions-at.ts';

jest.setTimeout(30_000);

let cloud: LocalCloud;
const said: Said[] = [];

beforeEach(async () => {
  said.length = 0;
  cloud = await startLocalCloud({ delays: [1, 10], onFeedback: (one) => said.push(one) });
});
afterEach(() => cloud.stop());

const errorCode = async (to: string): Promise<string> => {
  const outcome = await cloud.invoke('send', mailTo([to]));
  return outcome.ok ? outcome.payload : outcome.error.errorType;
};

describe('The deployed bundles on the local cloud', () => {
  test('close the loop when identities are wired as well and everything is said in both families', async () => {
    cloud.account.identityTopics = true;
    await runClosedLoop(cloud, { said, report: () => undefined, patienceMs: 10_000 });
    expect(new Set(said.map(({ family }) => family))).toEqual(new Set(['event', 'notification']));
  });

  test('leave the loop open when the send function does not heed the list', async () => {
    const heedless = await startLocalCloud({ functions: functionsAt('heedless'), delays: [1, 10] });
    const failure = await runClosedLoop(heedless, { said, report: () => undefined, patienceMs: 10_000 }).catch(
      (error) => error,
    );
    await heedless.stop();
    expect(failure).toMatchObject({ code: 'LOOP_OPEN', step: 'send-again' });
    expect(failure.message).toBe('bounce+1@simulator.amazonses.com should now be suppressed, got: sent');
  });

  test('name what SES refuses, and start again when it does not', async () => {
    cloud.account.sandbox = true;
    expect(await errorCode('pat@target.example')).toBe('RecipientNotVerified');
    cloud.account.sandbox = false;
    cloud.account.everySenderVerified = false;
    expect(await errorCode('pat@target.example')).toBe('SenderNotVerified');
    cloud.account.everySenderVerified = true;
    cloud.account.sendingPaused = true;
    expect(await errorCode('pat@target.example')).toBe('SendingPaused');
    cloud.account.sendingPaused = false;
    expect(await errorCode('pat@target.example')).toMatch(/"status":"sent"/);
    expect(cloud.inbox.accepted).toBe(1);
  });

  test.each<[FaultKind, string, number]>([
    ['quota', 'QuotaExceeded', 0],
    ['access-denied', 'SenderNotAllowed', 0],
    ['internal', 'OutcomeUnknown', 0],
    ['cut', 'OutcomeUnknown', 1],
    ['empty', 'OutcomeUnknown', 1],
  ])('send nothing a second time when SES answers by the fault "%s"', async (fault, code, accepted) => {
    cloud.account.fail(fault);
    expect(await errorCode('pat@target.example')).toBe(code);
    expect(cloud.inbox.accepted).toBe(accepted);
  });

  test('list an address of which SES says that its own list has it', async () => {
    cloud.account.suppression.put('Pat@target.example', 'COMPLAINT');
    expect(await errorCode('pat@target.example')).toMatch(/"status":"sent"/);
    while (!cloud.isSettled()) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(said.map(({ type }) => type)).toEqual(['Bounce']);
    expect(await errorCode('pat@target.example')).toMatch(/"status":"suppressed".*"reason":"account-list"/);
    expect(cloud.inbox.accepted).toBe(1);
  });

  test('park a message nobody can read in the dead-letter queue at once', async () => {
    cloud.topic.publish('{"eventType":"Bounce","bounce":{"bouncedRecipients":"all of them"}}');
    while (!cloud.isSettled()) await new Promise((resolve) => setTimeout(resolve, 5));
    const [parked] = cloud.deadLetterQueue.receive(10);
    expect(parked?.body).toContain('all of them');
    expect(Object.keys(parked?.attributes ?? {}).sort()).toEqual(['code', 'message']);
  });
});
