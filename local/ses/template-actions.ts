import { ACCOUNT } from '../arn.ts';
import type { Template } from './account.ts';
import { invalidParameter, SesFault } from './fault.ts';
import type { QueryForm } from './query-form.ts';
import { isUnfillable, knownTemplate } from './template.ts';
import type { XmlFields } from './xml-answer.ts';

/** An action on the stored templates; answers what stands in its result. */
type Action = (form: QueryForm, templates: Map<string, Template>) => XmlFields;

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_BYTES = 500 * 1024;
const PAGE = { usual: 10, most: 100 } as const;

/** What can be done with stored templates, by the action's name. */
export const TEMPLATE_ACTIONS: Readonly<Record<string, Action>> = {
  CreateTemplate: (form, templates) => {
    const { name, template } = readTemplate(form);
    if (templates.has(name))
      throw new SesFault(400, 'AlreadyExists', `Template ${name} already exists for account id ${ACCOUNT}`);
    templates.set(name, { ...template, createdAt: new Date() });
    return {};
  },
  UpdateTemplate: (form, templates) => {
    const { name, template } = readTemplate(form);
    const { createdAt } = knownTemplate(name, templates);
    templates.set(name, { ...template, ...(createdAt && { createdAt }) });
    return {};
  },
  GetTemplate: (form, templates) => {
    const name = form.text('TemplateName') ?? '';
    const { subject, text, html } = knownTemplate(name, templates);
    const parts = { ...(text !== undefined && { TextPart: text }), ...(html !== undefined && { HtmlPart: html }) };
    return { Template: { TemplateName: name, SubjectPart: subject, ...parts } };
  },
  ListTemplates: (form, templates) => {
    const size = Math.min(Number(form.text('MaxItems') ?? PAGE.usual), PAGE.most);
    const from = Number(form.text('NextToken') ?? 0);
    if (!(size >= 1) || !(from >= 0)) throw invalidParameter('MaxItems or NextToken is invalid.');
    const page = [...templates].slice(from, from + size).map(([Name, { createdAt = new Date(0) }]) => ({
      Name,
      CreatedTimestamp: createdAt.toISOString(),
    }));
    const next = from + page.length;
    return { TemplatesMetadata: page, ...(next < templates.size && { NextToken: String(next) }) };
  },
  /** As with SES, one that is not there is as good as deleted. */
  DeleteTemplate: (form, templates) => {
    templates.delete(form.text('TemplateName') ?? '');
    return {};
  },
};

/** @throws SesFault `InvalidParameterValue`, `InvalidTemplate` */
function readTemplate(form: QueryForm): { name: string; template: Template } {
  const name = form.text('Template.TemplateName') ?? '';
  const subject = form.text('Template.SubjectPart');
  const text = form.text('Template.TextPart');
  const html = form.text('Template.HtmlPart');
  if (!NAME.test(name)) throw invalidParameter('The template name must be 1 to 64 letters, digits, _ and -.');
  if (subject === undefined) throw invalidParameter('The subject must be specified.');
  const parts = [subject, text ?? '', html ?? ''];
  if (Buffer.byteLength(parts.join('')) > MAX_BYTES) throw invalidParameter(`Template exceeds ${MAX_BYTES} bytes.`);
  if (parts.some(isUnfillable)) {
    const why = 'every {{ must begin a {{name}}, blocks and partials are not filled in here';
    throw new SesFault(400, 'InvalidTemplate', `Template ${name} is invalid: ${why}.`);
  }
  return { name, template: { subject, ...(text !== undefined && { text }), ...(html !== undefined && { html }) } };
}
