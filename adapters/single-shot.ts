import type { SESClient, SendRawEmailCommand, SendTemplatedEmailCommand } from '@aws-sdk/client-ses';

/** A command that mails somebody. */
export type SendCommand = SendRawEmailCommand | SendTemplatedEmailCommand;

/** What one request came to. */
export type Shot =
  | { readonly answered: true; readonly messageId: string | undefined }
  | {
      readonly answered: false;
      readonly error: unknown;
      /** It is certain that no request was handed to the network: the SDK failed before, for lack of credentials for example. */
      readonly neverLeft: boolean;
    };

/** What became of a command so far. */
interface Watched {
  entered: boolean;
  handedOver: boolean;
  first: { readonly error: unknown } | undefined;
}

/** Lets one request of a command through and no second: whoever comes back for another gets the first error again. */
const watch = (stack: SendRawEmailCommand['middlewareStack']): Watched => {
  const seen: Watched = { entered: false, handedOver: false, first: undefined };
  stack.add(
    (next) => (args) => {
      seen.entered = true;
      return next(args);
    },
    { name: 'suppressorEntered', step: 'initialize', priority: 'high' },
  );
  stack.addRelativeTo(
    <Arguments, Answer>(next: (args: Arguments) => Promise<Answer>) =>
      async (args: Arguments): Promise<Answer> => {
        if (seen.first !== undefined) throw seen.first.error;
        try {
          return await next(args);
        } catch (error) {
          seen.first = { error };
          throw error;
        }
      },
    { name: 'suppressorSingleShot', relation: 'after', toMiddleware: 'retryMiddleware' },
  );
  stack.add(
    (next) => (args) => {
      seen.handedOver = true;
      return next(args);
    },
    { name: 'suppressorHandedOver', step: 'deserialize', priority: 'low' },
  );
  return seen;
};

/**
 * Makes one request and never a second, whatever the client is set to: if its retry strategy comes back for another, it
 * gets the first error again. The error reported is the first one too, before the strategy wraps it.
 *
 * @throws never
 */
export const shoot = async (client: SESClient, command: SendCommand): Promise<Shot> => {
  // The two stacks differ in the types of what passes through only, and nothing here looks at it.
  const one = command as SendRawEmailCommand;
  const seen = watch(one.middlewareStack);
  try {
    const { MessageId } = await client.send(one);
    return { answered: true, messageId: MessageId };
  } catch (error) {
    const { first, entered, handedOver } = seen;
    return { answered: false, error: first === undefined ? error : first.error, neverLeft: entered && !handedOver };
  }
};
