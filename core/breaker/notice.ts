import { toIso } from '../instant.ts';
import { shownText } from '../text.ts';
import type { Cause, Pause } from './breaker-state.ts';
import type { RateKind } from './limits.ts';
import type { Notice } from './notices.ts';
import { type Pausable, pausableWords } from './sending.ts';

/** SNS refuses subjects of 100 characters. */
const SUBJECT_CHARACTERS = 99;
const NOTE_CHARACTERS = 500;

const RATES: Readonly<Record<RateKind, string>> = { bounces: 'bounce rate', complaints: 'complaint rate' };
const REASONS: Readonly<Record<RateKind, string>> = { bounces: 'hard-bounce', complaints: 'complaint' };
const ANCHORS: Readonly<Record<RateKind, string>> = {
  bounces: 'the-bounce-rate-rises',
  complaints: 'the-complaint-rate-rises',
};

/** A fraction as people read it. @example percentWords(0.0625) // '6.25 %' */
export const percentWords = (fraction: number): string => `${Number((100 * fraction).toPrecision(3))} %`;

/** A cause as one sentence, without its end. */
export const causeWords = ({ kind, source, rate, line, events, volume, since }: Cause): string => {
  const from = `since ${toIso(since).slice(0, 16).replace('T', ' ')} UTC`;
  const counted =
    kind === 'bounces'
      ? `${events} of ${volume} mails bounced for good ${from}`
      : `${events} complaints ${from}, about ${volume} mails of a day`;
  const told =
    source === 'own'
      ? `${counted}, ${percentWords(rate)}`
      : `SES's own ${RATES[kind]} is ${percentWords(rate)} (${counted})`;
  return `${told}; the line is ${percentWords(line)}`;
};

const ascii = (text: string): string => text.replace(/[^ -~]+/g, '?').slice(0, SUBJECT_CHARACTERS);

const whyWords = ({ cause, by }: Pause): string => {
  if (cause !== undefined) return `${RATES[cause.kind]} ${percentWords(cause.rate)}`;
  return by === 'command' ? 'by command' : 'not by the circuit breaker';
};

const subjectOf = (pause: Pause, pausable: Pausable): string => {
  const of = pausable.kind === 'account' ? 'whole account' : pausable.name;
  return ascii(`Sending is ${pause.toldAt === undefined ? '' : 'still '}paused: ${whyWords(pause)} (${of})`);
};

const saidOf = ({ cause, at, by, operator, note }: Pause, what: string): string[] => {
  if (cause !== undefined)
    return [`The circuit breaker has paused ${what} (at ${toIso(at)}).`, '', `Why: ${causeWords(cause)}.`];
  if (by !== 'command')
    return [
      `Sending with ${what} is paused (seen at ${toIso(at)}). Neither the circuit breaker nor the command line did it:`,
      'somebody in the console, another program, or SES.',
    ];
  const who = operator === undefined ? '' : ` by ${shownText(operator, NOTE_CHARACTERS)}`;
  return [
    `Sending with ${what} was paused by command${who} (at ${toIso(at)}).`,
    ...(note === undefined ? [] : ['', `Why: ${shownText(note, NOTE_CHARACTERS)}`]),
  ];
};

const waitsOf = ({ toldAt }: Pause): string =>
  toldAt === undefined
    ? 'What is in the send queue waits there, up to 13 days: nothing is lost.'
    : 'Each request in the send queue waits 13 days and is lost then. This is told every day until sending is resumed.';

const happensNow = (pausable: Pausable): string =>
  pausable.kind === 'account'
    ? 'No mail of this account leaves this Region, whoever sends it.'
    : 'Sends with this configuration set answer SendingPaused; mail sent with others goes on.';

/**
 * What the people on call are told of a pause, or told again where they were before.
 *
 * @param options - by which the command line finds the deployment, as in `--stack Suppressor`
 */
export const noticeOf = (pause: Pause, pausable: Pausable, options: string): Notice => {
  const { cause } = pause;
  const command = (words: string): string => `  npx ses-suppressor ${words} ${options}`;
  const account = pausable.kind === 'account' ? ' --account' : '';
  const checks =
    cause === undefined
      ? [command('doctor')]
      : [
          command('stats'),
          command(`list --reason ${REASONS[cause.kind]}`),
          'Which rule grows? What have the addresses in common: a domain, a stream, a day? Stop what mails them.',
        ];
  return {
    subject: subjectOf(pause, pausable),
    text: [
      ...saidOf(pause, pausableWords(pausable)),
      '',
      `${happensNow(pausable)} ${waitsOf(pause)}`,
      '',
      'First:',
      ...checks,
      '',
      'When the cause is gone (nothing resumes by itself):',
      command(`resume${account} --note "..."`),
      '',
      `See docs/runbook.md#${cause === undefined ? 'ses-has-paused-the-account' : ANCHORS[cause.kind]} and docs/circuit-breaker.md.`,
      '',
    ].join('\n'),
  };
};
