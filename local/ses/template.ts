import type { Template } from './account.ts';
import { SesFault } from './fault.ts';

/** `{{name}}`; SES itself also knows blocks and partials. */
const PLACE = /\{\{([^{}#/>^!&]+)\}\}/g;

/** @throws SesFault `TemplateDoesNotExist` */
export function knownTemplate(name: string, templates: ReadonlyMap<string, Template>): Template {
  const template = templates.get(name);
  if (template === undefined) throw new SesFault(400, 'TemplateDoesNotExist', `Template ${name} does not exist.`);
  return template;
}

/** Whether a text has braces that open and are no place to fill in. */
export const isUnfillable = (text: string): boolean => text.replace(PLACE, '').includes('{{');

/**
 * Fills the `{{places}}` of a template.
 *
 * @returns the content, and what SES reports when a place has no value (nothing is sent then)
 * @throws SesFault `TemplateDoesNotExist`, `InvalidRenderingParameter`
 */
export function fillTemplate(name: string, data: string, templates: ReadonlyMap<string, Template>) {
  const template = knownTemplate(name, templates);
  const values = parseData(data);
  const missing = new Set<string>();
  const fill = (text: string): string =>
    text.replace(PLACE, (_place, key: string) => {
      const value = Object.hasOwn(values, key.trim()) ? values[key.trim()] : undefined;
      if (value === undefined) missing.add(key.trim());
      return String(value ?? '');
    });
  const content = {
    subject: fill(template.subject),
    text: template.text === undefined ? null : fill(template.text),
    html: template.html === undefined ? null : fill(template.html),
  };
  const [first] = missing;
  const failure =
    first === undefined
      ? null
      : { templateName: name, errorMessage: `Attribute '${first}' is not present in the rendering data.` };
  return { content, failure };
}

function parseData(data: string): Record<string, unknown> {
  try {
    const values: unknown = JSON.parse(data);
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) return { ...values };
  } catch {
    // falls through to the same error as any other text that is not an object
  }
  throw new SesFault(400, 'InvalidRenderingParameter', 'The rendering data is not a JSON object.');
}
