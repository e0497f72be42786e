import type { Problem, SentView } from '../../../api.ts';
import { counted } from '../../parts/words.ts';

/** Somebody who was left out. */
export interface Withheld {
  readonly address: string;
  readonly reason: string;
  readonly scope: string;
  readonly until: string | null;
}

/** The parts of the send function's answer that are told in words. */
export interface Answer {
  readonly sent: readonly string[];
  readonly suppressed: readonly Withheld[];
  readonly refused: readonly { readonly given: string; readonly code: string; readonly message: string }[];
  readonly duplicate: boolean;
}

/** One send that was made here. */
export interface Sent {
  /** One more with each. */
  readonly turn: number;
  readonly view: SentView;
  readonly answer: Answer;
}

const NOBODY: Answer = { sent: [], suppressed: [], refused: [], duplicate: false };

/** Reads what the send function told: its answer, or what an error of its own says of recipients. */
const answerOf = ({ ok, answer }: SentView): Answer => {
  try {
    const read = JSON.parse(answer.text);
    return { ...NOBODY, ...(ok ? read : read.errorMessage) };
  } catch {
    return NOBODY;
  }
};

/** A send with its answer read. */
export const sentOf = (view: SentView, turn: number): Sent => ({ turn, view, answer: answerOf(view) });

/** The address in a mailbox, for looking it up. */
export const addressIn = (mailbox: string): string => (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();

/** What became of a send, in one sentence. */
export const inOneSentence = ({ view, answer }: Sent): string => {
  if (!view.ok) return `Not sent: ${view.problem.message}`;
  const { sent, suppressed, refused, duplicate } = answer;
  if (duplicate) return 'Nothing was sent now: this key was used before, and this is the answer from then.';
  const parts = [
    sent.length > 0 ? `Sent to ${counted(sent.length, 'recipient')}` : 'Sent to nobody',
    ...(suppressed.length > 0 ? [`withheld from ${counted(suppressed.length, 'recipient')}`] : []),
    ...(refused.length > 0 ? [`${counted(refused.length, 'recipient')} refused`] : []),
  ];
  return `${parts.join(', ')}.`;
};

/** What went wrong, if it did. */
export const problemIn = ({ view }: Sent): Problem | null => (view.ok ? null : view.problem);
