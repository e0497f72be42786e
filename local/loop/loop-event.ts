import type { readyLine } from '../cloud.ts';

/** Somebody a send left out, as the send function answers it. */
export interface Withheld {
  readonly address: string;
  readonly reason: string;
  readonly scope: string;
  readonly since: string;
  readonly until: string | null;
}

/** One mail that was asked for, and the answer. */
export interface MailEvent {
  readonly event: 'mail';
  /** 1 before the list knows anybody, 2 after. */
  readonly round: 1 | 2;
  readonly to: readonly string[];
  readonly subject: string;
  readonly status: string;
  readonly messageId: string | null;
  readonly sent: readonly string[];
  readonly suppressed: readonly Withheld[];
  readonly ms: number;
}

/** One mail that SES accepted while the cloud stays up. */
export interface AcceptedLine {
  readonly event: 'accepted';
  readonly at: string;
  readonly seconds: number;
  readonly messageId: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly stream: string | null;
}

/** One thing SES said; `seconds` after the start of the loop. */
export interface FeedbackLine {
  readonly event: 'feedback';
  readonly at: string;
  readonly seconds: number;
  readonly type: string;
  /** Whom it is about; everybody the mail was for, where it is about the mail as a whole. */
  readonly recipients: readonly string[];
  /** What it found, in a few words. */
  readonly finding: string;
  readonly messageId: string;
  readonly subject: string;
}

/** One address as the table has it now; status, reason, since and until are `null` when the table does not know it. */
export interface EntryEvent {
  readonly event: 'entry';
  readonly address: string;
  readonly scope: string;
  readonly status: string | null;
  readonly reason: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

/** The further ways of sending, each a step of the loop. */
export type WayToSend = 'attachment' | 'repeat' | 'queue' | 'unsubscribe';

/** One way of sending that was tried and worked. */
export interface WayEvent {
  readonly event: 'way';
  readonly step: WayToSend;
  readonly what: string;
  /** What was seen of it, in a few words. */
  readonly finding: string;
  readonly ms: number;
}

/** A message that landed in a dead-letter queue; `code` and `message` are what the function wrote beside it. */
export interface ParkedLine {
  readonly event: 'parked';
  readonly at: string;
  readonly seconds: number;
  readonly kind: 'feedback' | 'send';
  /** Of the queue's message. */
  readonly messageId: string;
  readonly code: string | null;
  readonly message: string | null;
  /** Of a send request that has one. */
  readonly subject: string | null;
}

/** A message on the topic that alarms go to. */
export interface NoticeLine {
  readonly event: 'notice';
  readonly at: string;
  readonly seconds: number;
  readonly messageId: string;
  readonly subject: string | null;
  readonly message: string;
}

/** How the loop ended. */
export type LoopEnd =
  | { readonly event: 'loop'; readonly closed: true; readonly seconds: number }
  | {
      readonly event: 'loop';
      readonly closed: false;
      readonly seconds: number;
      readonly step: string;
      readonly code: string;
      readonly message: string;
      readonly remedy: string;
    };

/** Everything a run reports; a line of JSON each, or told to a person. */
export type LoopEvent =
  | ReturnType<typeof readyLine>
  | MailEvent
  | AcceptedLine
  | FeedbackLine
  | EntryEvent
  | WayEvent
  | ParkedLine
  | NoticeLine
  | LoopEnd;
