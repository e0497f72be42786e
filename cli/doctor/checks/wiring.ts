import { Output } from '../../../core/contract/index.ts';
import type { Check } from '../check.ts';
import { note, ok, type Said, wrong } from '../finding.ts';
import { configurationSets, type Patient, wiredIdentities } from '../patient.ts';
import type { IdentityTopics } from '../ports.ts';
import { identityFor, sendAs } from './identity.ts';

const NEEDS = ['ses:GetIdentityNotificationAttributes'];
const REWIRE =
  'Deploy the stack again, or wait for the hourly run that sets it; if it comes back: docs/runbook.md#an-identity-was-un-wired.';

const topicOf = ({ deployment }: Patient): string | undefined => deployment.output(Output.TOPIC_ARN);

/** Identities that speak for what is sent; one that cannot be seen is left out. */
const speakers = async (patient: Patient): Promise<string[]> => {
  const found = await Promise.all(sendAs(patient).map((name) => identityFor(patient, name).catch(() => null)));
  return [...new Set([...wiredIdentities(patient), ...found.flatMap((each) => each?.name ?? [])])];
};

/** All identities in one call, as each of them would take a second. */
const topicsOf = async (patient: Patient, identity: string): Promise<IdentityTopics | undefined> =>
  (await patient.ses.identityTopics(await speakers(patient))).get(identity);

const CERTAIN = ['Bounce', 'Complaint'] as const;

const judge = async (patient: Patient, identity: string, topics: IdentityTopics): Promise<Said> => {
  const ours = topicOf(patient) ?? null;
  const foreign = CERTAIN.filter((type) => topics[type] !== null && topics[type] !== ours);
  if (foreign.length > 0)
    return wrong(
      `sends ${foreign.join(' and ')} notifications to another topic: ${topics[foreign[0] ?? 'Bounce']}`,
      'Subscribe the feedback queue to that topic (setting "topics"), or set "replace": true, and deploy.',
    );
  const missing = CERTAIN.filter((type) => topics[type] === null);
  if (missing.length > 0) {
    const forwarding = (await identityFor(patient, identity))?.forwarding ?? false;
    return wrong(
      forwarding
        ? `has no topic for ${missing.join(' and ')} any more while feedback goes by e-mail: so SES un-wires a topic it could not publish to`
        : `has no topic for ${missing.join(' and ')}`,
      REWIRE,
    );
  }
  if (topics.Delivery !== null && topics.Delivery !== ours)
    return note(`sends bounces and complaints here, deliveries to ${topics.Delivery}`);
  return ok(
    topics.Delivery === null ? 'sends bounces and complaints here, and no deliveries' : 'sends its feedback here',
  );
};

/** Whether the notifications of each identity still come here. */
export const identityTopics: Check = {
  name: 'identity-topics',
  group: 'Identities',
  needs: [...NEEDS, 'ses:GetEmailIdentity'],
  subjects: (patient) => (topicOf(patient) === undefined ? [] : wiredIdentities(patient)),
  look: async (patient, identity) => {
    const topics = await topicsOf(patient, identity);
    // `identity` says what is missing
    return topics === undefined ? [] : judge(patient, identity, topics);
  },
};

/** Whether the same feedback is published twice: for the identity, and for the configuration set. */
export const doubleNotification: Check = {
  name: 'double-notification',
  group: 'Identities',
  needs: [...NEEDS, 'ses:GetEmailIdentity'],
  subjects: (patient) => (configurationSets(patient).length === 0 ? [] : sendAs(patient)),
  look: async (patient, identity) => {
    const speaker = (await identityFor(patient, identity))?.name ?? identity;
    // said there
    if (speaker !== identity && sendAs(patient).includes(speaker)) return [];
    const found = await topicsOf(patient, speaker);
    if (found === undefined) return [];
    const topics = [...new Set(Object.values(found).filter((topic) => topic !== null))];
    const others = topics.filter((topic) => topic !== topicOf(patient));
    const sets = configurationSets(patient).join(', ');
    if (others.length > 0)
      return note(
        `has its feedback published to ${others.join(', ')} as well: what is sent with ${sets} is reported there and here`,
        'Whatever listens there must bear that, or take the topic off the identity.',
      );
    return topics.length > 0
      ? note(
          `mail of it sent with ${sets} is reported twice, for the identity and for the set: harmless, as merging twice is, at twice the messages`,
          'Take it out of "identities" if nothing sends without the configuration set.',
        )
      : ok('has its mail reported once');
  },
};

/** Whether bounces also come by e-mail. */
export const forwarding: Check = {
  name: 'email-forwarding',
  group: 'Identities',
  needs: ['ses:GetEmailIdentity'],
  subjects: wiredIdentities,
  look: async (patient, identity) => {
    const found = await patient.ses.identity(identity);
    if (found === null) return [];
    return found.forwarding
      ? note(
          'has bounces and complaints sent by e-mail as well, to the sender of each mail',
          `aws sesv2 put-email-identity-feedback-attributes --email-identity ${identity} --no-email-forwarding-enabled`,
        )
      : ok('has no feedback by e-mail');
  },
};
