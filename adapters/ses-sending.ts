import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  PutAccountSendingAttributesCommand,
  PutConfigurationSetSendingOptionsCommand,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { AccountStanding, Pausable, Sending } from '../core/breaker/sending.ts';

/** SES's answer lacks what was asked for. */
export class SendingUnknown extends Error {
  override readonly name = 'SendingUnknown';
  readonly code = 'SendingUnknown';
}

const certain = (enabled: boolean | undefined, what: string): boolean => {
  if (enabled === undefined) throw new SendingUnknown(`SES does not say whether ${what} sends`);
  return enabled;
};

/** What SES lets the account do in the Region of the client. @throws SendingUnknown, or what SES answers */
export const accountStanding = async (client: SESv2Client): Promise<AccountStanding> => {
  const { SendingEnabled, EnforcementStatus } = await client.send(new GetAccountCommand({}));
  return { sendingEnabled: certain(SendingEnabled, 'the account'), isShutDown: EnforcementStatus === 'SHUTDOWN' };
};

/**
 * SES's switch of a configuration set or of the account.
 *
 * @param client - see `sesV2Client`
 * @example await sesSending(client, { kind: 'configuration-set', name: 'mine' }).set(false)
 */
export const sesSending = (client: SESv2Client, pausable: Pausable): Sending => {
  if (pausable.kind === 'account')
    return {
      isEnabled: async () => (await accountStanding(client)).sendingEnabled,
      set: async (enabled) => {
        await client.send(new PutAccountSendingAttributesCommand({ SendingEnabled: enabled }));
      },
    };
  const named = { ConfigurationSetName: pausable.name };
  return {
    isEnabled: async () => {
      const { SendingOptions } = await client.send(new GetConfigurationSetCommand(named));
      return certain(SendingOptions?.SendingEnabled, pausable.name);
    },
    set: async (enabled) => {
      await client.send(new PutConfigurationSetSendingOptionsCommand({ ...named, SendingEnabled: enabled }));
    },
  };
};
