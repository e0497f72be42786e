import type * as v from 'valibot';

type Issue = v.BaseIssue<unknown>;
interface Described {
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly item?: unknown;
  readonly wrapped?: unknown;
}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

const pathOf = (root: string, issue: Issue): string =>
  (issue.path ?? []).reduce((path, { key }) => path + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), root);

/** The names an object may have at the place where an unknown one was found. */
const allowedNames = (schema: unknown, issue: Issue): string[] => {
  let at = schema as Described | undefined;
  for (const { key } of (issue.path ?? []).slice(0, -1)) {
    at = (typeof key === 'number' ? at?.item : at?.entries?.[String(key)]) as Described | undefined;
    while (at?.wrapped !== undefined) at = at.wrapped as Described;
  }
  return Object.keys(at?.entries ?? {});
};

const sentence = (root: string, schema: unknown, issue: Issue): string => {
  const path = pathOf(root, issue);
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return `${path} is not a setting; here there are: ${allowedNames(schema, issue).join(', ')}`;
  return `${path}: ${issue.message}, got: ${shown(issue.input)}`;
};

/**
 * What is wrong with a value and what is allowed instead, one line an issue.
 *
 * @param root - what the value is called, as in `suppressor`
 * @param schema - what it was parsed with, to name the settings there are
 * @example explain('policy', policySchema(), issues) // 'policy.simulatorHoldHours: Invalid type: …, got: "x"'
 */
export const explain = (root: string, schema: unknown, issues: readonly Issue[]): string =>
  issues.map((issue) => sentence(root, schema, issue)).join('\n');
