import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  PutAccountSendingAttributesCommand,
  PutConfigurationSetSendingOptionsCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { accountStanding, SendingUnknown, sesSending } from '../../adapters/ses-sending.ts';
import { ACCOUNT, SET } from '../core/breaker/samples.ts';

const mocked = mockClient(SESv2Client);
const client = mocked as unknown as SESv2Client;
beforeEach(() => mocked.reset());

test('switches a configuration set, and nothing else', async () => {
  mocked.on(GetConfigurationSetCommand).resolves({ SendingOptions: { SendingEnabled: true } });
  mocked.on(PutConfigurationSetSendingOptionsCommand).resolves({});
  const sending = sesSending(client, SET);
  expect(await sending.isEnabled()).toBe(true);
  await sending.set(false);
  expect(mocked.calls().map(({ args: [{ input }] }) => input)).toEqual([
    { ConfigurationSetName: 'mine' },
    { ConfigurationSetName: 'mine', SendingEnabled: false },
  ]);
});

test('switches the account', async () => {
  mocked.on(GetAccountCommand).resolves({ SendingEnabled: false, EnforcementStatus: 'PROBATION' });
  mocked.on(PutAccountSendingAttributesCommand).resolves({});
  const sending = sesSending(client, ACCOUNT);
  expect(await sending.isEnabled()).toBe(false);
  await sending.set(true);
  expect(mocked.commandCalls(PutAccountSendingAttributesCommand)[0]?.args[0].input).toEqual({ SendingEnabled: true });
});

test.each([
  ['HEALTHY', true, { sendingEnabled: true, isShutDown: false }],
  ['PROBATION', true, { sendingEnabled: true, isShutDown: false }],
  ['SHUTDOWN', false, { sendingEnabled: false, isShutDown: true }],
])('reads the standing of an account that is %s', async (EnforcementStatus, SendingEnabled, standing) => {
  mocked.on(GetAccountCommand).resolves({ SendingEnabled, EnforcementStatus });
  expect(await accountStanding(client)).toEqual(standing);
});

test('takes silence of SES for neither on nor off', async () => {
  mocked.on(GetConfigurationSetCommand).resolves({});
  mocked.on(GetAccountCommand).resolves({});
  await expect(sesSending(client, SET).isEnabled()).rejects.toThrow(SendingUnknown);
  await expect(sesSending(client, ACCOUNT).isEnabled()).rejects.toThrow(SendingUnknown);
});
