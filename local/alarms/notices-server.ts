import { randomUUID } from 'node:crypto';
import { type Answer, type LoopbackServer, type Received, serveOnLoopback } from '../http/loopback-server.ts';
import { QueryForm } from '../ses/query-form.ts';

/** A message for the people on call. */
export interface PublishedNotice {
  readonly at: Date;
  readonly messageId: string;
  readonly subject: string | null;
  readonly message: string;
}

/** SNS's own limit, and room for the form around it. */
const MAX_REQUEST_BYTES = 1024 * 1024;
const MAX_MESSAGE_BYTES = 256 * 1024;
/** Printable ASCII that begins with neither space nor control, fewer than 100 characters. */
const SUBJECT = /^[!-~][ -~]{0,98}$/;

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/**
 * Serves one SNS topic, the one that alarms go to, on the Query protocol: `Publish` and nothing else.
 *
 * @param onNotice - told of each message
 */
export function startNoticesServer(
  topicArn: string,
  onNotice: (notice: PublishedNotice) => void,
): Promise<LoopbackServer> {
  const handle = (request: Received): Answer => {
    const form = new QueryForm(request.body.toString('utf8'));
    const refusal = refusalOf(form, topicArn);
    if (refusal !== null) return refused(refusal);
    const messageId = randomUUID();
    onNotice({
      at: new Date(),
      messageId,
      subject: form.text('Subject') ?? null,
      message: form.text('Message') ?? '',
    });
    return answer(
      200,
      `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${messageId}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`,
    );
  };
  return serveOnLoopback(handle, { maxBytes: MAX_REQUEST_BYTES });
}

function refusalOf(form: QueryForm, topicArn: string): Refusal | null {
  if (form.action !== 'Publish') return { status: 400, code: 'InvalidAction', message: 'Only Publish is served here.' };
  if (form.text('TopicArn') !== topicArn) return { status: 404, code: 'NotFound', message: 'Topic does not exist' };
  const message = form.text('Message');
  if (message === undefined) return invalid('Empty message');
  if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES) return invalid('Message too long');
  const subject = form.text('Subject');
  return subject === undefined || SUBJECT.test(subject) ? null : invalid('Subject');
}

const invalid = (what: string): Refusal => ({
  status: 400,
  code: 'InvalidParameter',
  message: `Invalid parameter: ${what}`,
});

const refused = ({ status, code, message }: Refusal): Answer =>
  answer(
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );

const answer = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body,
});
