import { type SESClient, SendRawEmailCommand, SendTemplatedEmailCommand } from '@aws-sdk/client-ses';
import type { Instant } from '../core/instant.ts';
import { messageIdHeader } from '../core/messages/message-id-header.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { type SendFailure, sendFailure } from '../core/send/failure.ts';
import type { Accepted, Mailer, OutgoingMail } from '../core/send/mailer.ts';
import { tooLarge } from '../core/send/size.ts';
import { headerMailbox } from './header-lines.ts';
import { pauseAfter, type Sleep, sleep } from './pause.ts';
import { readSesError } from './ses-errors.ts';
import { type SendCommand, shoot } from './single-shot.ts';

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
  /** Tries of one mail that SES refuses by rate; 1 leaves it to the caller. @default 8 */
  readonly rateTries?: number;
}

/** Tries of one mail, where the time allows: a rate is full again within seconds, a network often is not. */
const RATE_TRIES = 8;
const CONNECT_TRIES = 4;
const PAUSE = { firstMs: 200, mostMs: 5000 };

const commandOf = (mail: OutgoingMail): SendCommand => {
  const tags = Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value }));
  const common = {
    ...(tags.length === 0 ? {} : { Tags: tags }),
    ...(mail.configurationSet === undefined ? {} : { ConfigurationSetName: mail.configurationSet }),
  };
  if (mail.kind === 'raw')
    return new SendRawEmailCommand({
      Source: mail.source,
      Destinations: [...mail.destinations],
      RawMessage: { Data: mail.raw },
      ...common,
    });
  return new SendTemplatedEmailCommand({
    Source: headerMailbox(mail.from),
    Destination: {
      ...(mail.to.length === 0 ? {} : { ToAddresses: mail.to.map(headerMailbox) }),
      ...(mail.cc.length === 0 ? {} : { CcAddresses: mail.cc.map(headerMailbox) }),
      ...(mail.bcc.length === 0 ? {} : { BccAddresses: mail.bcc.map(headerMailbox) }),
    },
    ...(mail.replyTo.length === 0 ? {} : { ReplyToAddresses: mail.replyTo.map(headerMailbox) }),
    Template: mail.template,
    TemplateData: mail.data,
    ...common,
  });
};

/** A mail that must not be handed to SES at all. */
const unfit = (mail: OutgoingMail): SendFailure | undefined => {
  const named = mail.kind === 'raw' ? mail.destinations : [...mail.to, ...mail.cc, ...mail.bcc];
  if (named.length === 0)
    return sendFailure('InvalidRequest', 'the envelope is empty: SES would mail whomever the headers name');
  return mail.kind === 'raw' ? tooLarge('ses', mail.raw.byteLength, 'the message') : undefined;
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
    this.#options = { now: Date.now, sleep, random: Math.random, rateTries: RATE_TRIES, ...options };
  }

  async send(mail: OutgoingMail, deadline: Instant): Promise<Result<Accepted, SendFailure>> {
    const { client, now, sleep, random, rateTries } = this.#options;
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
      const shot = await shoot(client, commandOf(mail));
      if (shot.answered) return this.#accepted(shot.messageId, region);
      const verdict = readSesError(shot.error, mail, shot.neverLeft);
      const pause = pauseAfter(tries, PAUSE, random);
      const most = verdict.failure.code === 'RateExceeded' ? rateTries : CONNECT_TRIES;
      if (!verdict.again || tries >= most || now() + pause > deadline) return fail(verdict.failure);
      await sleep(pause);
    }
  }

  #accepted(messageId: string | undefined, region: string): Result<Accepted, SendFailure> {
    if (messageId === undefined || messageId === '')
      return fail(sendFailure('OutcomeUnknown', 'SES answered without a message id; it may have accepted the message'));
    return ok({ messageId, messageIdHeader: messageIdHeader(messageId, region) });
  }
}
