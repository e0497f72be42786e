import type { KeyHash } from '../messages/key-hash.ts';
import { bracketed } from '../messages/message-ids.ts';
import type { SendDeps } from './deps.ts';
import type { Accepted } from './mailer.ts';
import type { Prepared } from './prepare.ts';

/**
 * Remembers which Message-ID of the caller's own became which of SES's. The mail is on its way: what goes wrong here is
 * logged and changes nothing.
 *
 * @throws never
 */
export const rememberMessageId = async (
  { ownMessageId }: Prepared,
  { messageId, messageIdHeader }: Accepted,
  key: KeyHash | undefined,
  { messageIds, now, log }: SendDeps,
): Promise<void> => {
  if (ownMessageId === undefined || messageIds === undefined) return;
  try {
    const ids = { messageId, messageIdHeader, ownMessageId: bracketed(ownMessageId) };
    await messageIds.remember({ ...ids, sentAt: now(), key });
  } catch (fault) {
    log.error('a Message-ID could not be remembered', { messageId, cause: String(fault) });
  }
};
