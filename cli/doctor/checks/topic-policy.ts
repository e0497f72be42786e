import * as v from 'valibot';
import { Output } from '../../../core/contract/index.ts';
import type { Check } from '../check.ts';
import { ok, wrong } from '../finding.ts';
import { configurationSets, outputs, type Patient, wiredIdentities } from '../patient.ts';

/** JSON has `true` and `"true"`, numbers and their digits; IAM takes either. */
const scalar = v.pipe(v.union([v.string(), v.boolean(), v.number()]), v.transform(String));

const oneOrMore = v.pipe(
  v.union([scalar, v.array(scalar)]),
  v.transform((given) => [given].flat()),
);

const Statement = v.object({
  Effect: v.string(),
  Principal: v.optional(v.union([v.string(), v.record(v.string(), oneOrMore)])),
  Action: v.optional(oneOrMore),
  Condition: v.optional(v.record(v.string(), v.record(v.string(), oneOrMore))),
});

const Policy = v.object({
  Statement: v.pipe(
    v.union([Statement, v.array(Statement)]),
    v.transform((given) => [given].flat()),
  ),
});

type Statement = v.InferOutput<typeof Statement>;

const parse = (text: string): readonly Statement[] => {
  try {
    const read = v.safeParse(Policy, JSON.parse(text));
    return read.success ? read.output.Statement : [];
  } catch {
    return [];
  }
};

const namesSes = ({ Principal }: Statement): boolean =>
  Principal === '*' ||
  (typeof Principal === 'object' && (Principal.Service ?? []).includes('ses.amazonaws.com')) ||
  (typeof Principal === 'object' && (Principal.AWS ?? []).includes('*'));

const publishes = ({ Action }: Statement): boolean =>
  (Action ?? []).some((action) => ['sns:publish', 'sns:*', '*'].includes(action.toLowerCase()));

/** IAM's `*` and `?`. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split(/([*?])/)
      .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
  ).test(text);

const LITERAL = new Set(['stringequals', 'arnequals']);
const LIKE = new Set(['stringlike', 'arnlike', 'arnequals']);

/** Whether a statement's conditions hold for what SES tells of itself; a condition on anything else does not. */
const holds = ({ Condition = {} }: Statement, told: Readonly<Record<string, string>>): boolean =>
  Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const text = told[key.toLowerCase()];
      if (text === undefined) return false;
      const how = operator.toLowerCase();
      if (LIKE.has(how)) return values.some((value) => matches(value, text));
      return LITERAL.has(how) && values.includes(text);
    }),
  );

/** What SES publishes for, as it names it to SNS. */
const sources = (patient: Patient): string[] => [
  ...wiredIdentities(patient).map((name) => `identity/${name}`),
  ...configurationSets(patient).map((name) => `configuration-set/${name}`),
];

/** Whether the topic's policy lets SES publish for every identity and configuration set. */
export const topicPolicy: Check = {
  name: 'topic-policy',
  group: 'Feedback',
  needs: ['sns:GetTopicAttributes'],
  subjects: (patient) => (sources(patient).length === 0 ? [] : outputs(patient, [Output.TOPIC_ARN])),
  look: async (patient, arn) => {
    const found = await patient.topics.topic(arn);
    if (found === null) return [];
    const [, partition = 'aws', , region = '', account = ''] = arn.split(':');
    const allows = parse(found.policy).filter((each) => each.Effect === 'Allow' && namesSes(each) && publishes(each));
    const refused = sources(patient).filter((source) => {
      const told = {
        'aws:sourceaccount': account,
        'aws:sourcearn': `arn:${partition}:ses:${region}:${account}:${source}`,
        'aws:securetransport': 'true',
      };
      return !allows.some((statement) => holds(statement, told));
    });
    return refused.length === 0
      ? ok('lets SES publish')
      : wrong(
          `does not let SES publish for ${refused.join(', ')}: that feedback is lost`,
          'Deploy the stack again: its policy names them all.',
        );
  },
};
