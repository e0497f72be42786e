import { claim } from '../acceptance-error.ts';
import { eventually } from '../cloud.ts';
import type { Stage } from '../stage.ts';

const DELIVERED = 1000;
const BOUNCED = 60;
const A_MAIL = 50;
const LOOKS_A_ROUND = 20;
const OF_REAL = 'Amazon SES Email Event Notification';

const mail = (id: string, destination: readonly string[]) => ({
  timestamp: new Date().toISOString(),
  source: 'no-reply@ledger.example',
  messageId: `acceptance-${id}`,
  destination,
});

const delivery = (id: string, recipients: readonly string[]): string =>
  JSON.stringify({
    eventType: 'Delivery',
    mail: mail(id, recipients),
    delivery: { timestamp: new Date().toISOString(), recipients },
  });

interface Counts {
  readonly deliveries: number;
  readonly bounces: number;
}

/** Has SES report deliveries to many people, and hard bounces of others; those of another `round` are new ones. */
const report = ({ parts: { ses } }: Stage, { deliveries, bounces }: Counts, round: number): void => {
  const at = new Date().toISOString();
  for (let i = 0; i < deliveries / A_MAIL; i += 1) {
    const recipients = Array.from({ length: A_MAIL }, (_, j) => `reader-${round}-${i}-${j}@target.example`);
    ses.publish(delivery(`d${round}-${i}`, recipients), OF_REAL);
  }
  for (let i = 0; i < bounces; i += 1) {
    const emailAddress = `gone-${round}-${i}@target.example`;
    const bounce = {
      feedbackId: `acceptance-b${round}-${i}`,
      bounceType: 'Permanent',
      bounceSubType: 'General',
      timestamp: at,
      bouncedRecipients: [{ emailAddress, action: 'failed', status: '5.1.1' }],
    };
    ses.publish(JSON.stringify({ eventType: 'Bounce', mail: mail(`b${round}-${i}`, [emailAddress]), bounce }), OF_REAL);
  }
};

const run = async (stage: Stage): Promise<unknown> => {
  const done = await stage.parts.cloud.invoke(stage.output('BreakerFunctionName'), {});
  claim(done.ok, `the circuit breaker should run, but ${done.ok ? '' : `${done.code}: ${done.message}`}`);
  return done.value;
};

/** A bad rate pauses the configuration set, the send function says so, and `resume` lets it go on. */
export const breaker = async (stage: Stage): Promise<string> => {
  const { metrics, ses } = stage.parts;
  const set = stage.output('ConfigurationSetName');
  const before = await run(stage);
  claim(before === 'kept', `with good rates the breaker should keep sending on, but: ${before}`);
  const delivered = metrics.counted('Feedback', 'delivered');
  const bounced = metrics.counted('Feedback', 'hard-bounce');
  report(stage, { deliveries: DELIVERED, bounces: BOUNCED }, 0);
  await stage.settle();
  const counted = (): Counts => ({
    deliveries: metrics.counted('Feedback', 'delivered') - delivered,
    bounces: metrics.counted('Feedback', 'hard-bounce') - bounced,
  });
  let looks = 0;
  await eventually(
    () => {
      const { deliveries, bounces } = counted();
      if (deliveries >= DELIVERED && bounces >= BOUNCED) return true;
      // ministack keeps the last lines of an environment's log until that one runs again, which may be never
      looks += 1;
      const missing = { deliveries: Math.max(0, DELIVERED - deliveries), bounces: Math.max(0, BOUNCED - bounces) };
      if (looks % LOOKS_A_ROUND === 0) report(stage, missing, looks);
      return undefined;
    },
    () => {
      const { deliveries, bounces } = counted();
      return `the functions should count ${DELIVERED} deliveries and ${BOUNCED} bounces, but count ${deliveries} and ${bounces}`;
    },
  );
  await metrics.flush();
  const tripped = await run(stage);
  claim(tripped === 'tripped', `at ${BOUNCED} bounces the breaker should trip, but: ${tripped}`);
  claim(ses.account.pausedConfigurationSets.has(set), `SES should have ${set} paused, but has not`);
  const refused = await stage.send({ to: ['success@simulator.amazonses.com'] });
  const code = refused.ok ? 'none' : refused.code;
  claim(code === 'SendingPaused', `a send should be refused with SendingPaused, but with ${code}`);
  const { stdout } = await stage.cli('resume', ['--note', 'acceptance']);
  claim(stdout.includes(`${counted().bounces} of`), `resume should tell why it was paused, but: ${stdout}`);
  claim(!ses.account.pausedConfigurationSets.has(set), `SES should send with ${set} again, but does not`);
  const { status } = await stage.answerTo({ to: ['success+resumed@simulator.amazonses.com'] });
  claim(status === 'sent', `a send should be sent after resume, but is ${status}`);
  await stage.settle();
  return `kept at good rates; tripped at ${counted().bounces} bounces; SendingPaused; resumed by command; sends again`;
};
