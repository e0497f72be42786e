import type { SESClient, SendRawEmailCommandInput } from '@aws-sdk/client-ses';
import type { Instant } from '../core/instant.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { type SendFailure, sendFailure } from '../core/send/failure.ts';
import type { Accepted, Mailer, OutgoingMail } from '../core/send/mailer.ts';
import { pauseAfter, type Sleep, sleep } from './pause.ts';
import { readSesError, type SesVerdict } from './ses-errors.ts';
import { shoot } from './single-shot.ts';

/** What a mailer over SES is made of. */
export interface SesMailerOptions {
  /** See `sesClient` for one with the right time limits. */
  readonly client: SESClient;
  /** Milliseconds since the epoch, UTC. @default Date.now */
  readonly now?: () => Instant;
  /** @default - waits by the real clock */
  readonly sleep?: Sleep;
  /** From 0 up to 1, for jitter. @default Math.random */
  readonly random?: () => number;
}

/** SES's limit for a message of the v1 API, in bytes of MIME. */
export const RAW_MESSAGE_BYTES = 10 * 1024 * 1024;

/** Tries of one mail, where the time allows: a rate is full again within seconds, a network often is not. */
const TRIES = { RateExceeded: 8, SesUnreachable: 4 } as const;
const PAUSE = { firstMs: 200, mostMs: 5000 };

const isLast = (verdict: SesVerdict, tries: number): boolean =>
  !verdict.again || tries >= (verdict.failure.code === 'RateExceeded' ? TRIES.RateExceeded : TRIES.SesUnreachable);

/**
 * The Message-ID header that recipients see for an id that SES gave.
 *
 * @see Amazon SES Developer Guide, "Header fields": SES overwrites Message-ID; the domain is as observed
 * @example messageIdHeader('0100018f-…', 'eu-west-1') // '<0100018f-…@eu-west-1.amazonses.com>'
 */
export const messageIdHeader = (messageId: string, region: string): string =>
  `<${messageId}@${region === 'us-east-1' ? 'email' : region}.amazonses.com>`;

const requestOf = ({ source, destinations, raw, tags, configurationSet }: OutgoingMail): SendRawEmailCommandInput => {
  const named = Object.entries(tags).map(([Name, Value]) => ({ Name, Value }));
  return {
    Source: source,
    Destinations: [...destinations],
    RawMessage: { Data: raw },
    ...(named.length === 0 ? {} : { Tags: named }),
    ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
  };
};

/** A mail that must not be handed to SES at all. */
const unfit = ({ destinations, raw }: OutgoingMail): SendFailure | undefined => {
  if (destinations.length === 0)
    return sendFailure('InvalidRequest', 'the envelope is empty: SES would mail whomever the headers name');
  if (raw.byteLength > RAW_MESSAGE_BYTES)
    return sendFailure('TooLarge', `SES takes messages of up to ${RAW_MESSAGE_BYTES} bytes, got ${raw.byteLength}`);
  return undefined;
};

/**
 * Mails through SES's v1 API so that nobody can be mailed twice: one request a try, and another try only where SES
 * refused by rate or no connection was opened. Everything without a clear answer is `OutcomeUnknown` and final.
 *
 * The pauses between tries double from 0.2 to 5 seconds, with jitter, and no try starts after the deadline.
 *
 * @example await new SesMailer({ client: sesClient() }).send(mail, Date.now() + 30_000)
 */
export class SesMailer implements Mailer {
  readonly #options: Required<SesMailerOptions>;

  constructor(options: SesMailerOptions) {
    this.#options = { now: Date.now, sleep, random: Math.random, ...options };
  }

  async send(mail: OutgoingMail, deadline: Instant): Promise<Result<Accepted, SendFailure>> {
    const { client, now, sleep, random } = this.#options;
    const misfit = unfit(mail);
    if (misfit !== undefined) return fail(misfit);
    let region: string;
    try {
      region = await client.config.region();
    } catch (error) {
      return fail(readSesError(error, mail, true).failure);
    }
    if (now() > deadline) return fail(sendFailure('SesUnreachable', 'no time was left to call SES, nothing was sent'));
    for (let tries = 1; ; tries += 1) {
      const shot = await shoot(client, requestOf(mail));
      if (shot.answered) return this.#accepted(shot.messageId, region);
      const verdict = readSesError(shot.error, mail, shot.neverLeft);
      const pause = pauseAfter(tries, PAUSE, random);
      if (isLast(verdict, tries) || now() + pause > deadline) return fail(verdict.failure);
      await sleep(pause);
    }
  }

  #accepted(messageId: string | undefined, region: string): Result<Accepted, SendFailure> {
    if (messageId === undefined || messageId === '')
      return fail(sendFailure('OutcomeUnknown', 'SES answered without a message id; it may have accepted the message'));
    return ok({ messageId, messageIdHeader: messageIdHeader(messageId, region) });
  }
}
