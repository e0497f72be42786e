import * as v from 'valibot';
import { type PolicyInput, policySchema } from '../core/contract/index.ts';
import { isCountedStream } from './counted-streams.ts';
import { explain } from './explain.ts';
import { AT_HOME_ONLY } from './home.ts';
import { isEmail, isIdentity, isSender } from './sender.ts';

/** CDK context key of the configuration. */
export const CONFIGURATION_CONTEXT = 'suppressor';

const text = (wanted: string, matches: (text: string) => boolean) =>
  v.pipe(v.string(`expected ${wanted}`), v.check(matches, `expected ${wanted}`));
const list = <T extends v.GenericSchema>(item: T, wanted: string) =>
  v.exactOptional(
    v.pipe(
      v.array(item, `expected a list of ${wanted}`),
      v.check((items) => new Set(items).size === items.length, `expected ${wanted}, each once`),
    ),
  );
const flag = v.exactOptional(v.boolean('expected true or false, without quotes'));
/** `true`, `false`, or an object of numbers that says more; the constructs know the limits. */
const flagOr = <const T extends string>(names: readonly T[], example: string) => {
  const wanted = `expected true, false or an object such as ${example}`;
  const entries = Object.fromEntries(names.map((name) => [name, v.exactOptional(v.number())])) as {
    [K in T]: v.ExactOptionalSchema<v.NumberSchema<undefined>, undefined>;
  };
  return v.exactOptional(v.union([v.boolean(), v.strictObject(entries)], wanted));
};
const matches = (pattern: RegExp) => (value: string) => pattern.test(value);
const isRegion = matches(/^[a-z]{2,5}(-[a-z]{2,10}){1,3}-\d$/);
const isTableName = matches(/^[\w.-]{3,255}$/);
const isDomain = (value: string) => isIdentity(value) && !value.includes('@');

/** What may stand under the context key `suppressor`; every setting may be left out. */
export const ConfigurationSchema = v.strictObject(
  {
    stackName: v.optional(
      text('a stack name: a letter, then at most 127 letters, digits or "-"', matches(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)),
      'Suppressor',
    ),
    region: v.exactOptional(text('a region such as eu-west-1', isRegion)),
    account: v.exactOptional(text('an account: 12 digits in quotes', matches(/^\d{12}$/))),
    senders: list(
      text('an address or a domain, as in no-reply@ledger.example or @ledger.example', isSender),
      'senders',
    ),
    identities: list(
      text('an identity as SES lists it, its domain in lower case, as in ledger.example', isIdentity),
      'identities',
    ),
    domains: list(
      v.strictObject(
        {
          name: text('a domain in lower case, as in ledger.example', isDomain),
          mailFrom: v.exactOptional(
            v.union(
              [v.literal(false), text('a subdomain', isDomain)],
              'expected a subdomain, as in mail.ledger.example, or false',
            ),
          ),
          dmarc: v.exactOptional(
            v.union(
              [
                v.literal(false),
                v.strictObject({
                  policy: v.exactOptional(v.picklist(['none', 'quarantine', 'reject'])),
                  rua: v.exactOptional(text('an address', isEmail)),
                }),
              ],
              'expected false or an object such as { "policy": "none", "rua": "dmarc@ledger.example" }',
            ),
          ),
          zone: v.exactOptional(
            v.strictObject(
              {
                id: text('the id of a hosted zone, as in Z0123456789ABCDEFGHIJ', matches(/^[A-Z0-9]{1,32}$/)),
                name: text('the domain of the hosted zone, as in ledger.example', isDomain),
              },
              'expected an object: { "id": "Z0123456789ABCDEFGHIJ", "name": "ledger.example" }',
            ),
          ),
        },
        'expected an object with the name of a domain: { "name": "ledger.example" }',
      ),
      'domains',
    ),
    replace: flag,
    configurationSets: list(
      text('the name of a configuration set', matches(/^[A-Za-z0-9_-]{1,64}$/)),
      'configuration sets',
    ),
    streams: list(
      text(
        'the name of a stream as requests have it, but for "other": 1 to 255 letters, digits, "_", "-"',
        isCountedStream,
      ),
      'streams',
    ),
    topics: list(
      text(
        'the ARN of a standard SNS topic',
        matches(/^arn:aws[a-z-]*:sns:[a-z0-9-]{1,30}:\d{12}:[A-Za-z0-9_-]{1,256}$/),
      ),
      'topics',
    ),
    table: v.exactOptional(
      v.strictObject(
        {
          name: text('the name of a table, no ARN: 3 to 255 letters, digits, "_", "-", "."', isTableName),
        },
        'expected an object with the name of a table: { "name": "…" }',
      ),
    ),
    regions: list(text('a region such as us-east-1', isRegion), 'regions'),
    home: v.exactOptional(
      v.strictObject(
        {
          region: text('a region such as eu-west-1', isRegion),
          table: text('the name of a table', isTableName),
          feedbackQueue: text(
            'the ARN of a queue',
            matches(/^arn:aws[a-z-]*:sqs:[a-z0-9-]{1,30}:\d{12}:[A-Za-z0-9_-]{1,80}$/),
          ),
          unsubscribe: v.exactOptional(
            v.strictObject({
              url: text('an address such as https://….lambda-url.eu-west-1.on.aws/', matches(/^https:\/\/[^\s/]+\/$/)),
              secret: text(
                'the ARN of a secret',
                matches(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]{1,30}:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}$/),
              ),
            }),
          ),
        },
        'expected what the output HomeSetting of the home stack says: { "region", "table", "feedbackQueue" }',
      ),
    ),
    deliveries: flag,
    delivery: v.exactOptional(v.picklist(['queue', 'direct'], 'expected "queue" or "direct"')),
    batch: v.exactOptional(
      v.strictObject(
        {
          size: v.exactOptional(v.number('expected a number of messages')),
          windowSeconds: v.exactOptional(v.number('expected a number of seconds')),
          maxConcurrency: v.exactOptional(v.number('expected a number of functions')),
        },
        'expected an object: { "size": 100, "windowSeconds": 5 }',
      ),
    ),
    idempotency: flag,
    queue: flagOr(['maxConcurrency'], '{ "maxConcurrency": 5 }'),
    unsubscribe: flagOr(['reservedConcurrency', 'rotationDays'], '{ "reservedConcurrency": 5, "rotationDays": 90 }'),
    alarms: v.exactOptional(
      v.union(
        [
          v.boolean(),
          v.strictObject({
            emails: list(text('an e-mail address such as oncall@ledger.example', isEmail), 'e-mail addresses'),
          }),
        ],
        'expected true, false or an object such as { "emails": ["oncall@ledger.example"] }',
      ),
    ),
    dashboard: flag,
    circuitBreaker: v.exactOptional(
      v.union(
        [
          v.boolean(),
          v.strictObject({
            bounceRate: v.exactOptional(v.number()),
            complaintRate: v.exactOptional(v.number()),
            minimumVolume: v.exactOptional(v.number()),
            minimumEvents: v.exactOptional(v.number()),
            account: v.exactOptional(v.boolean()),
          }),
        ],
        'expected true, false or an object such as { "bounceRate": 0.04, "minimumVolume": 500 }',
      ),
    ),
    policy: v.exactOptional(policySchema()),
    allowRegion: flag,
    tags: v.exactOptional(v.record(v.string(), v.string('expected text'), 'expected an object of text values')),
  },
  'expected an object',
);

/** A valid configuration; `policy` as it was written, without defaults. */
export type Configuration = Omit<v.InferOutput<typeof ConfigurationSchema>, 'policy'> & {
  readonly policy?: PolicyInput;
};

/** Where the configuration comes from: `app.node` is one. */
export interface ContextSource {
  getAllContext(): Readonly<Record<string, unknown>>;
}

const WHERE = 'in cdk.json under "context", or with -c suppressor=\'{"senders":["@ledger.example"]}\'';

const parseText = (written: string): unknown => {
  try {
    return JSON.parse(written);
  } catch (cause) {
    throw new Error(`${CONFIGURATION_CONTEXT} must be an object of JSON, got: ${written}; write it ${WHERE}`, {
      cause,
    });
  }
};

/** A stack beside the list of another Region has nothing that writes it. */
const requireParts = (configuration: v.InferOutput<typeof ConfigurationSchema>): void => {
  const { home } = configuration;
  const foreign = home && AT_HOME_ONLY.find((name) => configuration[name] !== undefined);
  if (home !== undefined && foreign !== undefined)
    throw new Error(
      `${CONFIGURATION_CONTEXT}.${foreign} is a setting of the home stack, got: it beside home; ` +
        `the list is written in ${home.region}: set it there, and leave it out here`,
    );
};

/**
 * The configuration of the app, from the context key `suppressor`: an object in `cdk.json`, or JSON text with `-c`,
 * which replaces the whole. Nothing given is fine: every setting has a default.
 *
 * @throws if it is not valid, with path, value and remedy, one line a fault; or if `-c suppressor.x=…` was tried,
 * which CDK would ignore without a word
 * @example readConfiguration(app.node).stackName // 'Suppressor'
 */
export const readConfiguration = (source: ContextSource): Configuration => {
  const context = source.getAllContext();
  const dotted = Object.keys(context).find((key) => key.startsWith(`${CONFIGURATION_CONTEXT}.`));
  if (dotted !== undefined)
    throw new Error(
      `-c ${dotted}=… sets nothing, got: ${JSON.stringify(context[dotted])}; ` +
        `CDK does not reach into objects: write the whole object ${WHERE}`,
    );
  const written = context[CONFIGURATION_CONTEXT] ?? {};
  const value = typeof written === 'string' ? parseText(written) : written;
  if (Array.isArray(value))
    throw new Error(`${CONFIGURATION_CONTEXT}: expected an object, got: ${JSON.stringify(value)}`);
  const parsed = v.safeParse(ConfigurationSchema, value);
  if (!parsed.success) throw new Error(explain(CONFIGURATION_CONTEXT, ConfigurationSchema, parsed.issues));
  requireParts(parsed.output);
  const { policy, ...rest } = parsed.output;
  return policy === undefined ? rest : { ...rest, policy: (value as { policy: PolicyInput }).policy };
};
