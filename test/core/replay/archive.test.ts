import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { Archive } from '../../../core/replay/archive.ts';
import { bounce, delivery } from '../../cli/messages.ts';

const gathered = (ids: boolean, ...messages: readonly object[]) => {
  const archive = new Archive({ policy: DEFAULT_POLICY, ids });
  const kinds = messages.flatMap((each) => openEnvelope(each).map((opened) => archive.add(opened).kind));
  return { kinds, entries: [...archive.entries()], size: archive.size };
};

test('gathers ids only where they are asked for', () => {
  expect(gathered(false, bounce()).entries.map(({ ids }) => ids.size)).toEqual([0]);
  expect(gathered(true, bounce()).entries.map(({ ids }) => ids.size)).toEqual([1]);
});

test('names no delivery: it leaves no evidence', () => {
  const { entries } = gathered(true, bounce(), delivery());
  expect(entries.map(({ facts, ids }) => [facts.scope, ids.size])).toEqual([['*', 1]]);
});

test('says of a malformed message that it is one, and gathers nothing of it', () => {
  const archive = new Archive({ policy: DEFAULT_POLICY, ids: true });
  const kinds = openEnvelope('no JSON').map((opened) => archive.add(opened).kind);
  expect([kinds, archive.size]).toEqual([['malformed'], 0]);
});

test('passes over notices and over recipients whose address cannot be used', () => {
  const message = bounce();
  const bouncedRecipients = [{ emailAddress: 'nobody' }, ...message.bounce.bouncedRecipients];
  const two = { ...message, bounce: { ...message.bounce, bouncedRecipients } };
  const notice = { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'x' };
  const { kinds, entries } = gathered(true, notice, two);
  expect(kinds).toEqual(['decided', 'decided']);
  expect(entries.map(({ facts }) => facts.address)).toEqual(['pat@target.example']);
});

test('names a message wherever some policy keeps it: everywhere, in its stream and for its tenant', () => {
  const message = bounce();
  const scopes = (tags: object) =>
    gathered(true, { ...message, mail: { ...message.mail, tags } }).entries.map(({ facts }) => facts.scope);
  expect(scopes({})).toEqual(['*']);
  expect(scopes({ stream: ['receipts'], 'ses:tenant-name': ['acme'] })).toEqual(['*', 'receipts', 'tenant:acme']);
});
