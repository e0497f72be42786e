import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { REASSERT, type ReassertEvent } from '../../core/contract/index.ts';
import { applyResource, physicalId } from './custom-resource.ts';
import type { WiringDeps } from './deps.ts';
import { reassert } from './reassert.ts';

/** CloudFormation refuses a longer answer. */
const ANSWER_BYTES = 4096;
const REASON_CHARACTERS = 2000;

const isReassert = (event: object): event is ReassertEvent => 'action' in event && event.action === REASSERT;
const isResource = (event: object): event is CloudFormationCustomResourceEvent =>
  'ResponseURL' in event && 'RequestType' in event;

const outcomeOf = async (event: CloudFormationCustomResourceEvent, deps: WiringDeps) => {
  try {
    await applyResource(event, deps);
    return { Status: 'SUCCESS' };
  } catch (error) {
    deps.log.error('custom resource failed', { request: event.RequestType, resource: physicalId(event), error });
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { Status: 'FAILED', Reason: reason.slice(0, REASON_CHARACTERS) };
  }
};

/** The answer as text, with as much of its reason as there is room for. */
const textOf = (answer: { readonly Reason?: string }): string => {
  const text = JSON.stringify(answer);
  const { Reason: reason = '' } = answer;
  if (Buffer.byteLength(text) <= ANSWER_BYTES || reason === '') return text;
  return textOf({ ...answer, Reason: reason.slice(0, Math.floor(reason.length / 2)).toWellFormed() });
};

/**
 * The wiring function: answers the custom resources of `IdentityWiring` and `SuppressionTable`, and the hourly
 * schedule. CloudFormation always gets an answer, so a deployment never hangs; if the answer cannot be delivered the
 * invocation fails and Lambda repeats it, which is harmless.
 *
 * @example export const handler = makeHandler({ identity: null, tableShape, put, log });
 */
export const makeHandler =
  (deps: WiringDeps) =>
  async (event: CloudFormationCustomResourceEvent | ReassertEvent): Promise<void> => {
    if (isReassert(event)) {
      if (deps.identity === null) throw new Error('no identities are wired by this function');
      deps.log.info('wires asserted', { ...(await reassert(event, deps.identity)) });
    } else if (isResource(event)) {
      const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
      const answer = {
        ...(await outcomeOf(event, deps)),
        PhysicalResourceId: physicalId(event),
        StackId,
        RequestId,
        LogicalResourceId,
      };
      await deps.put(ResponseURL, textOf(answer));
    } else throw new Error(`neither a custom resource nor "${REASSERT}": ${JSON.stringify(event).slice(0, 200)}`);
  };
