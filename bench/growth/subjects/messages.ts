// Reading and deciding one message, by its length and by its recipients, against the two JSON.parse calls.
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { classify } from '../../../core/decisions/classify.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { bounceBody, recordOf } from '../../subjects/bodies.ts';
import { cpuMs, sweep } from '../sweep.ts';

const KB = 1024;
const ROUNDS = 11;

const changed = (change: (message: ReturnType<typeof JSON.parse>) => void): string => {
  const envelope = JSON.parse(bounceBody(1));
  const message = JSON.parse(envelope.Message);
  change(message);
  return JSON.stringify({ ...envelope, Message: JSON.stringify(message) });
};

/** A message this long, by headers of the mail: SES repeats up to 10 KB of them, and remote servers write the rest. */
const ofLength = (kb: number): string => {
  const short = bounceBody(1);
  const missing = kb * KB - short.length;
  if (missing < 0) throw new Error(`the shortest message has ${short.length} characters`);
  return changed((message) => {
    const headers = Math.floor((missing - 60) / 520);
    for (let i = 0; i < headers; i += 1)
      message.mail.headers.push({ name: `X-Long-${i}`, value: 'The quick brown fox jumps. '.repeat(17) });
    message.bounce.bouncedRecipients[0].diagnosticCode += ' x'.repeat((missing - headers * 520) / 2);
  });
};

/** A message about so many recipients. */
const about = (recipients: number): string =>
  changed((message) => {
    const [first] = message.bounce.bouncedRecipients;
    const addresses = Array.from({ length: recipients }, (_, i) => `pat${i}@target.example`);
    message.mail.destination = addresses;
    message.bounce.bouncedRecipients = addresses.map((emailAddress) => ({ ...first, emailAddress }));
  });

const measure = (sizes: readonly number[], bodyOf: (size: number) => string) => {
  const bodies = new Map(sizes.map((size) => [size, bodyOf(size)]));
  const us = async (work: () => unknown): Promise<number> => (await cpuMs(work)) * 1000;
  return sweep(
    sizes,
    ROUNDS,
    (size) => {
      const record = recordOf('1', bodies.get(size) ?? '');
      return us(() => openEnvelope(record).map((opened) => classify(opened, DEFAULT_POLICY)));
    },
    (size) => {
      const body = bodies.get(size) ?? '';
      return us(() => JSON.parse(JSON.parse(body).Message));
    },
  );
};

const length = await measure([4, 8, 16, 32, 64, 128, 250], ofLength);
const recipients = await measure([1, 2, 5, 10, 20, 50], about);
process.stdout.write(JSON.stringify({ length, recipients }));
