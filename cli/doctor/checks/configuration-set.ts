import { Output } from '../../../core/contract/index.ts';
import type { Check } from '../check.ts';
import { note, ok, type Said, wrong } from '../finding.ts';
import { configurationSets, type Patient } from '../patient.ts';
import type { EventDestinationFacts } from '../ports.ts';
import { pausedBy } from './paused-by.ts';

const NEEDS = ['ses:GetConfigurationSet'];
const DEPLOY = 'Deploy the stack again.';

/** Whether each configuration set is there, and sends. */
export const configurationSetSending: Check = {
  name: 'configuration-set',
  group: 'Configuration sets',
  needs: [...NEEDS, 'dynamodb:GetItem'],
  subjects: configurationSets,
  look: async (patient, name) => {
    const found = await patient.ses.configurationSet(name);
    if (found === null) return wrong('does not exist: sends with it are refused', DEPLOY);
    if (found.sendingEnabled) return ok('sends');
    const isDefault = name === configurationSets(patient)[0];
    return wrong(
      `is paused${await pausedBy(patient, { kind: 'configuration-set', name })}: sends with it are refused`,
      isDefault
        ? `When the cause is gone: ${patient.commandLine('resume')}`
        : `aws sesv2 put-configuration-set-sending-options --configuration-set-name ${name} --sending-enabled`,
    );
  },
};

/** What the circuit breaker and the dashboard read. */
export const reputationMetrics: Check = {
  name: 'reputation-metrics',
  group: 'Configuration sets',
  needs: NEEDS,
  subjects: (patient) => configurationSets(patient).slice(0, 1),
  look: async ({ ses }, name) => {
    const found = await ses.configurationSet(name);
    if (found === null) return [];
    return found.reputationMetrics
      ? ok('has its rates measured by SES')
      : wrong('has no rates measured by SES: its alarms and the circuit breaker are half blind', DEPLOY);
  },
};

/** Whether a configuration set lets more pass than the account does. */
export const configurationSetSuppression: Check = {
  name: 'configuration-set-suppression',
  group: 'Configuration sets',
  needs: NEEDS,
  subjects: configurationSets,
  look: async ({ ses }, name) => {
    const found = await ses.configurationSet(name);
    if (found === null) return [];
    if (found.suppressedReasons === null) return ok("goes by the account's suppression settings");
    const missing = ['BOUNCE', 'COMPLAINT'].filter((reason) => !found.suppressedReasons?.includes(reason));
    return missing.length === 0
      ? ok('has SES withhold bounces and complaints')
      : note(
          `overrides the account: SES does not withhold for ${missing.join(' and ')}`,
          `aws sesv2 put-configuration-set-suppression-options --configuration-set-name ${name} --suppressed-reasons BOUNCE COMPLAINT`,
        );
  },
};

const NEEDED = ['BOUNCE', 'COMPLAINT'];
const WANTED = ['SUBSCRIPTION', 'REJECT', 'RENDERING_FAILURE'];

const judge = (destinations: readonly EventDestinationFacts[], topic: string): Said => {
  const ours = destinations.filter(({ topicArn }) => topicArn === topic);
  if (ours.length === 0)
    return wrong('publishes nothing to the topic: mail sent with it leaves no trace in the list', DEPLOY);
  const live = ours.filter(({ enabled }) => enabled);
  if (live.length === 0)
    return wrong(
      `has its event destination ${ours.map(({ name }) => name).join(', ')} switched off`,
      'Deploy the stack again, or switch it on in the SES console.',
    );
  const events = new Set(live.flatMap((each) => each.events));
  const lacks = (names: readonly string[]): string[] => names.filter((name) => !events.has(name));
  const needed = lacks(NEEDED);
  if (needed.length > 0) return wrong(`does not publish ${needed.join(' and ')}`, DEPLOY);
  if (!events.has('DELIVERY') && !events.has('SEND'))
    return note(
      'publishes neither DELIVERY nor SEND: own rates are unknown, soft bounces are forgiven by time only',
      'If that is not on purpose: leave out "deliveries": false, and deploy.',
    );
  const wanted = lacks(WANTED);
  if (wanted.length > 0) return note(`does not publish ${wanted.join(', ')}`, DEPLOY);
  return ok(`publishes ${events.size} kinds of events to the topic`);
};

/** Whether what becomes of mail sent with each configuration set comes here. */
export const eventDestination: Check = {
  name: 'event-destination',
  group: 'Configuration sets',
  needs: [...NEEDS, 'ses:GetConfigurationSetEventDestinations'],
  subjects: (patient) => (patient.deployment.output(Output.TOPIC_ARN) === undefined ? [] : configurationSets(patient)),
  look: async (patient: Patient, name) => {
    if ((await patient.ses.configurationSet(name)) === null) return [];
    const destinations = await patient.ses.eventDestinations(name);
    return judge(destinations, patient.deployment.output(Output.TOPIC_ARN) ?? '');
  },
};
