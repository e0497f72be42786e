import { when } from '../../../core/feedback/when.ts';
import { snsBody } from '../envelopes.ts';
import { ACCEPTED, bounce, ENVELOPED, HAPPENED } from '../messages.ts';
import { verdictOf } from '../verdicts.ts';

const at = (time: string): number => Date.parse(time);
const ACCEPTED_AT = at(ACCEPTED);
const ENVELOPED_AT = at(ENVELOPED);
const none = undefined;

test.each<[string, unknown, number | undefined, number | undefined, number | undefined]>([
  ['its own', HAPPENED, ACCEPTED_AT, ENVELOPED_AT, at(HAPPENED)],
  ['its own, with nothing to bound it', HAPPENED, none, none, at(HAPPENED)],
  ['its own in any notation', '2026-01-02 04:04:09 +0100', ACCEPTED_AT, ENVELOPED_AT, at(HAPPENED)],
  ["the mail's, if it claims to be older", '1999-12-31T23:59:59Z', ACCEPTED_AT, ENVELOPED_AT, ACCEPTED_AT],
  ["the mail's, if it is older and no envelope tells", '1999-12-31T23:59:59Z', ACCEPTED_AT, none, ACCEPTED_AT],
  ["the envelope's, if it claims to be newer", '2099-01-01T00:00:00Z', ACCEPTED_AT, ENVELOPED_AT, ENVELOPED_AT],
  ["the envelope's, if it is newer and the mail tells none", '2099-01-01T00:00:00Z', none, ENVELOPED_AT, ENVELOPED_AT],
  ["the envelope's, if the bounds cross", HAPPENED, at('2026-01-05T00:00:00Z'), ENVELOPED_AT, ENVELOPED_AT],
  ["the envelope's, without its own", none, ACCEPTED_AT, ENVELOPED_AT, ENVELOPED_AT],
  ["the envelope's, if its own is no time", 'yesterday', ACCEPTED_AT, ENVELOPED_AT, ENVELOPED_AT],
  ["the mail's, if nothing else is usable", 7, ACCEPTED_AT, none, ACCEPTED_AT],
  ['none, if nothing is usable', 'yesterday', none, none, none],
])('an event happened at %s', (_name, own, acceptedAt, sentAt, expected) => {
  expect(when(own, acceptedAt, sentAt)).toBe(expected);
});

test('the bounds are read from the mail and the envelope of the message itself', () => {
  const told = (timestamp: unknown, mailed: unknown = ACCEPTED) =>
    verdictOf(snsBody(bounce({ detail: { timestamp }, mail: { timestamp: mailed } }))).event?.at;
  expect(told(HAPPENED)).toBe(at(HAPPENED));
  expect(told('2001-01-01T00:00:00Z')).toBe(ACCEPTED_AT);
  expect(told('2099-01-01T00:00:00Z')).toBe(ENVELOPED_AT);
  expect(told(undefined)).toBe(ENVELOPED_AT);
  expect(told(HAPPENED, '2018-10-08T14:05:45 +0000')).toBe(at(HAPPENED));
  expect(told(HAPPENED, undefined)).toBe(at(HAPPENED));
});
