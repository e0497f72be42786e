import { Output } from '../../../core/contract/index.ts';
import type { Check } from '../check.ts';
import { note, ok, wrong } from '../finding.ts';
import { outputs, type Patient } from '../patient.ts';
import type { SubscriptionFacts } from '../ports.ts';

const NEEDS = ['sns:ListSubscriptionsByTopic'];

/** Whether an endpoint is the queue, here or at home, or with direct delivery the function. */
const isOurs = ({ deployment }: Patient, { protocol, endpoint }: SubscriptionFacts): boolean => {
  const last = endpoint.slice(endpoint.lastIndexOf(':') + 1);
  const home = deployment.output(Output.HOME_REGION);
  const queue = deployment.output(home === undefined ? Output.FEEDBACK_QUEUE_URL : Output.HOME_FEEDBACK_QUEUE_URL);
  if (home !== undefined && endpoint.split(':')[3] !== home) return false;
  if (queue !== undefined) return protocol === 'sqs' && last === queue.slice(queue.lastIndexOf('/') + 1);
  if (home !== undefined) return protocol === 'sqs';
  return protocol === 'lambda' && last === deployment.output(Output.FEEDBACK_FUNCTION_NAME);
};

/** Whether what the topic takes reaches the feedback function. */
export const subscription: Check = {
  name: 'subscription',
  group: 'Feedback',
  needs: NEEDS,
  subjects: (patient) => outputs(patient, [Output.TOPIC_ARN]),
  look: async (patient, arn) => {
    const all = await patient.topics.subscriptions(arn);
    const ours = all.filter((each) => isOurs(patient, each));
    if (ours.length === 0)
      return wrong(
        'leads nowhere: the feedback queue is not subscribed, all feedback is lost',
        'Deploy the stack again.',
      );
    if (!ours.some(({ confirmed }) => confirmed))
      return wrong('leads to the feedback queue, but that is not confirmed', 'Deploy the stack again.');
    return ok('leads to the feedback function');
  },
};

/** Whether anybody hears the alarms. */
export const alarmSubscription: Check = {
  name: 'alarm-subscription',
  group: 'Functions',
  needs: NEEDS,
  subjects: (patient) => outputs(patient, [Output.ALARM_TOPIC_ARN]),
  look: async (patient, arn) => {
    const all = await patient.topics.subscriptions(arn);
    const heard = all.filter(({ confirmed }) => confirmed).length;
    const waiting = all.filter(({ confirmed }) => !confirmed).map(({ endpoint }) => endpoint);
    if (waiting.length > 0)
      return note(
        `waits for ${waiting.join(', ')} to follow the link in a mail from AWS`,
        'Look for that mail; the link is valid for 2 days.',
      );
    return heard > 0
      ? ok(`tells ${heard} ${heard === 1 ? 'subscriber' : 'subscribers'}`)
      : note(
          'tells nobody: alarms ring unheard',
          `aws sns subscribe --protocol email --notification-endpoint YOU --topic-arn ${arn}`,
        );
  },
};
