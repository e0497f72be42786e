import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import { FUNCTIONS } from '../../bundling.ts';
import { BUNDLES_CONTEXT, DEPLOYMENT_CONTEXT, SuppressorStack, type SuppressorStackProps } from '../../lib/index.ts';

/** A region and account that are known at synth. */
export const IRELAND = { region: 'eu-west-1', account: '111122223333' };

/** Bundles that stand for the built ones: what a template says does not depend on what a function does. */
export const placeholderBundles = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'bundles-'));
  for (const name of FUNCTIONS) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'index.mjs'), 'export const handler = async () => {};\n');
  }
  return root;
};

const bundles = placeholderBundles();
const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8'));

/** An app with the feature flags of `cdk.json`, placeholder bundles and a deployment id that never changes. */
export const testApp = (more: Readonly<Record<string, unknown>> = {}): App =>
  new App({ context: { ...context, [BUNDLES_CONTEXT]: bundles, [DEPLOYMENT_CONTEXT]: 'first', ...more } });

/** What switches on every part that watches something or is watched. */
export const EVERYTHING: SuppressorStackProps = {
  senders: ['@ledger.example'],
  identities: ['ledger.example'],
  unsubscribe: true,
};

/** A stack of the whole, in Ireland unless the properties say otherwise. */
export const suppressor = (props: SuppressorStackProps = {}, app: Construct = testApp(), id = 'Suppressor') =>
  new SuppressorStack(app, id, { env: IRELAND, ...props });

/** The template of a stack of the whole. */
export const suppressorTemplate = (props: SuppressorStackProps = {}): Template => Template.fromStack(suppressor(props));

/** A part of a template, with the intrinsic functions left as they are. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** Resources of a type by logical id. */
export const resources = (template: Template, type: string): Record<string, Resource> =>
  template.findResources(type) as Record<string, Resource>;

/** The only resource of a type, of those whose logical id starts with `prefix`. */
export const only = (template: Template, type: string, prefix = ''): Resource => {
  const found = Object.entries(resources(template, type)).filter(([id]) => id.startsWith(prefix));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0]?.[1] as Resource;
};

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What the role of a function may do: one line a statement, `actions @ resource`, and a condition where there is one. */
export const permissions = (template: Template, functionPrefix: string): unknown[] => {
  const policies = Object.entries(resources(template, 'AWS::IAM::Policy')).filter(([id]) =>
    id.startsWith(`${functionPrefix}Role`),
  );
  return policies.flatMap(([, { Properties }]) =>
    (Properties.PolicyDocument as { Statement: Statement[] }).Statement.map((statement) => [
      [statement.Action].flat().sort().join(' '),
      words(statement.Resource),
      ...(statement.Condition === undefined ? [] : [statement.Condition]),
    ]),
  );
};

/** An intrinsic function as one readable string: `Logical.Arn`, `<Logical>`, joined parts. */
export const words = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(words).join(' ');
  const [[kind, operand] = ['', '']] = Object.entries(value as Record<string, unknown>);
  if (kind === 'Ref') return `<${operand}>`;
  if (kind === 'Fn::GetAtt') return (operand as string[]).join('.');
  if (kind === 'Fn::Join') return (operand as [string, unknown[]])[1].map(words).join('');
  return JSON.stringify(value);
};

/** Environment of a function, as readable strings. */
export const environment = (template: Template, functionPrefix: string): Record<string, string> => {
  const functions = Object.entries(resources(template, 'AWS::Lambda::Function')).filter(([id]) =>
    new RegExp(`^${functionPrefix}[0-9A-F]{8}$`).test(id),
  );
  expect(functions).toHaveLength(1);
  const [[, { Properties }]] = functions as [[string, Resource]];
  const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
  return Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, words(value)]));
};
