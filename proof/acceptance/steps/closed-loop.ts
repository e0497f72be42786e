import { CAST, MIXED } from '../../../local/loop/cast.ts';
import { claim } from '../acceptance-error.ts';
import { eventually } from '../cloud.ts';
import type { Stage } from '../stage.ts';

const HOUR_SECONDS = 3600;

/** Hours for which an address of the simulator is blocked by what the table says. */
export const untilInHours = async (stage: Stage, address: string): Promise<number> => {
  const entry = await stage.parts.cloud.entry(stage.output('TableName'), address);
  return (Number(entry?.until?.N) - Date.now() / 1000) / HOUR_SECONDS;
};

/** Waits until the table blocks an address for a reason. */
export const awaitBlock = (stage: Stage, address: string, reason: string, scope = '*') => {
  let seen = 'there is no such entry';
  return eventually(
    async () => {
      const entry = await stage.parts.cloud.entry(stage.output('TableName'), address, scope);
      if (entry !== undefined) seen = `it is ${entry.status?.S} for ${entry.reason?.S}`;
      return (entry?.status?.S === 'suppressed' && entry.reason?.S === reason) || undefined;
    },
    () => `${address} should be suppressed for ${reason} at ${scope}, but ${seen}`,
  );
};

/**
 * Mails each address of the mailbox simulator: by the deployed function to SES, whose feedback goes by topic, queue and
 * function to the table; then mails each again.
 */
export const closedLoop = async (stage: Stage): Promise<string> => {
  const { ses } = stage.parts;
  for (const { address } of CAST) {
    const { status } = await stage.answerTo({ to: [address], stream: 'receipts' });
    claim(status === 'sent', `the first mail to ${address} should be sent, but is ${status}`);
  }
  const dead = CAST.flatMap(({ address, reason }) => (reason === null ? [] : [{ address, reason }]));
  for (const { address, reason } of dead) await awaitBlock(stage, address, reason);
  await stage.settle();
  for (const { address, reason } of CAST) {
    const before = ses.inbox.accepted;
    const { status, suppressed } = await stage.answerTo({ to: [address], stream: 'receipts' });
    const wanted = reason === null ? 'sent' : 'suppressed';
    claim(status === wanted, `the second mail to ${address} should be ${wanted}, but is ${status}`);
    const why = suppressed[0]?.reason ?? null;
    claim(why === reason, `the second mail to ${address} should be withheld for ${reason}, but is for ${why}`);
    const reached = ses.inbox.accepted - before;
    claim(reached === (reason === null ? 1 : 0), `SES got ${reached} mails of the second to ${address}`);
  }
  for (const { address } of dead) {
    const hours = await untilInHours(stage, address);
    claim(hours > 0.9 && hours <= 1.01, `${address} should be blocked for an hour, but is for ${hours.toFixed(2)}`);
  }
  const mixed = await stage.answerTo({ to: [MIXED.dead, MIXED.live], stream: 'receipts' });
  claim(
    mixed.status === 'partly-sent',
    `a mail to the dead and the living should be partly-sent, but is ${mixed.status}`,
  );
  const envelope = ses.inbox.last?.recipients.join(', ') ?? '';
  claim(envelope === MIXED.live, `SES should be given ${MIXED.live} alone, but was given ${envelope}`);
  await stage.settle();
  const said = dead.map(({ address, reason }) => `${address.replace(/\+.*/, '')} ${reason}`).join(', ');
  return `${CAST.length} addresses mailed twice; withheld: ${said}`;
};
