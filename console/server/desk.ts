import type { DeskView, InboxView, LetterView, SentView } from '../api.ts';

/** What can be tried on a local cloud: mails are sent, and what SES delivered is read. */
export interface Desk {
  readonly view: DeskView;
  /** Asks the send function, once. */
  send(request: unknown): Promise<SentView>;
  inbox(): InboxView;
  /** One mail; undefined: it is not, or no longer, there. */
  letter(messageId: string): Promise<LetterView | undefined>;
  /** Its HTML with the pictures that are part of the mail; undefined: there is none. */
  html(messageId: string): Promise<string | undefined>;
}
