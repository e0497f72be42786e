import { type SESClient, SendRawEmailCommand, type SendRawEmailCommandInput } from '@aws-sdk/client-ses';

/** What one request came to. */
export type Shot =
  | { readonly answered: true; readonly messageId: string | undefined }
  | {
      readonly answered: false;
      readonly error: unknown;
      /** It is certain that no request was handed to the network: the SDK failed before, for lack of credentials for example. */
      readonly neverLeft: boolean;
    };

/**
 * Makes one `SendRawEmail` request and never a second, whatever the client is set to: if its retry strategy comes back
 * for another, it gets the first error again. The error reported is the first one too, before the strategy wraps it.
 *
 * @throws never
 */
export const shoot = async (client: SESClient, input: SendRawEmailCommandInput): Promise<Shot> => {
  const command = new SendRawEmailCommand(input);
  let entered = false;
  let handedOver = false;
  let first: { readonly error: unknown } | undefined;
  command.middlewareStack.add(
    (next) => (args) => {
      entered = true;
      return next(args);
    },
    { name: 'suppressorEntered', step: 'initialize', priority: 'high' },
  );
  command.middlewareStack.addRelativeTo(
    <Arguments, Answer>(next: (args: Arguments) => Promise<Answer>) =>
      async (args: Arguments): Promise<Answer> => {
        if (first !== undefined) throw first.error;
        try {
          return await next(args);
        } catch (error) {
          first = { error };
          throw error;
        }
      },
    { name: 'suppressorSingleShot', relation: 'after', toMiddleware: 'retryMiddleware' },
  );
  command.middlewareStack.add(
    (next) => (args) => {
      handedOver = true;
      return next(args);
    },
    { name: 'suppressorHandedOver', step: 'deserialize', priority: 'low' },
  );
  try {
    const { MessageId } = await client.send(command);
    return { answered: true, messageId: MessageId };
  } catch (error) {
    return { answered: false, error: first === undefined ? error : first.error, neverLeft: entered && !handedOver };
  }
};
