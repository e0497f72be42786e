import type { Template } from './account.ts';
import { invalidParameter } from './fault.ts';
import type { Draft, Header } from './mail.ts';
import type { QueryForm } from './query-form.ts';
import { fillTemplate } from './template.ts';

/**
 * Reads a `SendEmail` call.
 *
 * @throws SesFault `InvalidParameterValue`
 */
export function readSendEmail(form: QueryForm): Draft {
  const text = form.text('Message.Body.Text.Data') ?? null;
  const html = form.text('Message.Body.Html.Data') ?? null;
  const subject = form.text('Message.Subject.Data') ?? '';
  return { ...addressing(form, 'SendEmail', subject), content: { subject, text, html }, undoing: null };
}

/**
 * Reads a `SendTemplatedEmail` call. Data that leaves a place of the template empty is accepted and then not sent,
 * as SES does it.
 *
 * @throws SesFault `TemplateDoesNotExist`, `InvalidRenderingParameter`, `InvalidParameterValue`
 */
export function readSendTemplatedEmail(form: QueryForm, templates: ReadonlyMap<string, Template>): Draft {
  const { content, failure } = fillTemplate(form.text('Template') ?? '', form.text('TemplateData') ?? '', templates);
  return {
    ...addressing(form, 'SendTemplatedEmail', content.subject),
    content,
    undoing: failure === null ? null : { type: 'Rendering Failure', detail: failure },
  };
}

function addressing(form: QueryForm, operation: Draft['operation'], subject: string) {
  const source = form.text('Source');
  if (source === undefined) throw invalidParameter('Missing required parameter: Source');
  const to = form.list('Destination.ToAddresses');
  const cc = form.list('Destination.CcAddresses');
  const bcc = form.list('Destination.BccAddresses');
  const replyTo = form.list('ReplyToAddresses');
  const headers: Header[] = [
    { name: 'From', value: source },
    { name: 'To', value: to.join(', ') },
    { name: 'Cc', value: cc.join(', ') },
    { name: 'Reply-To', value: replyTo.join(', ') },
    { name: 'Subject', value: subject },
    { name: 'MIME-Version', value: '1.0' },
  ];
  return {
    operation,
    source,
    recipients: [...to, ...cc, ...bcc],
    headers: headers.filter(({ value }) => value !== ''),
    tags: form.pairs('Tags'),
    configurationSet: form.text('ConfigurationSetName') ?? null,
    raw: null,
  };
}
