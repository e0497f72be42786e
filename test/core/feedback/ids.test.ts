import { snsBody, sqsEvent } from '../envelopes.ts';
import {
  bounce,
  bounced,
  complaint,
  delivery,
  FAMILIES,
  FEEDBACK_ID,
  HAPPENED,
  MESSAGE_ID,
  PAT,
  SAM,
} from '../messages.ts';
import { verdictOf, verdictsOf } from '../verdicts.ts';

const idOf = (message: unknown): string | undefined => verdictOf(message).event?.id;

test('an id is the feedback id and the address key, so that one notification about two people makes two events', () => {
  const recipients = [bounced('Pat <PAT@target.example>'), bounced(SAM)];
  const ids = verdictsOf(bounce({ recipients, mail: { destination: [PAT, SAM] } })).map((v) => v.event?.id);
  expect(ids).toEqual([`${FEEDBACK_ID}#${PAT}`, `${FEEDBACK_ID}#${SAM}`]);
});

test('an id does not depend on the envelope or the family, so that every channel tells the same event', () => {
  const ids = FAMILIES.flatMap((family) => [
    bounce({ family }),
    snsBody(bounce({ family })),
    sqsEvent(bounce({ family })),
  ]);
  expect(new Set(ids.map(idOf))).toEqual(new Set([`${FEEDBACK_ID}#${PAT}`]));
});

test.each([undefined, null, '', '  ', 7])(
  'with the feedback id %j an id is message, type and timestamp as sent',
  (feedbackId) => {
    const detail = { feedbackId };
    expect(idOf(bounce({ detail }))).toBe(`${MESSAGE_ID}/Bounce/${HAPPENED}#${PAT}`);
    expect(idOf(complaint({ detail }))).toBe(`${MESSAGE_ID}/Complaint/${HAPPENED}#${PAT}`);
  },
);

test('an id of what tells nothing of itself still names type and address', () => {
  const message = bounce({ detail: { feedbackId: undefined, timestamp: undefined }, mail: { messageId: undefined } });
  expect(idOf(message)).toBe(`/Bounce/#${PAT}`);
});

test('an id is bounded and one line, whatever stands in it', () => {
  const id = idOf(bounce({ detail: { feedbackId: `f\n${'x'.repeat(5000)}` } }));
  expect(id).toMatch(/^f x+#pat@target\.example$/);
  expect(id).toHaveLength(256 + 1 + PAT.length);
});

test.each([undefined, '', 7, null])('a mail whose id is %j has none', (messageId) => {
  expect(verdictOf(delivery({ mail: { messageId } })).event?.messageId).toBeUndefined();
});
