import { createHash } from 'node:crypto';
import { REGION } from '../../arn.ts';
import type { SesAccount } from '../account.ts';
import type { IdentitySettings } from '../identities.ts';
import { type Operation, page, readBoolean } from './call.ts';
import { badRequest, notFound } from './fault.ts';

const MOST_A_PAGE = 1000;

export const getEmailIdentity: Operation = ({ name }, account) => {
  checkKnown(name, account);
  const settings = account.identities.read(name);
  const isVerified = account.isVerified(name);
  return {
    IdentityType: typeOf(name),
    FeedbackForwardingStatus: settings.forwarding,
    VerifiedForSendingStatus: isVerified,
    VerificationStatus: isVerified ? 'SUCCESS' : 'PENDING',
    DkimAttributes: dkim(name, settings),
    MailFromAttributes: mailFrom(settings),
    Policies: {},
    Tags: [],
    ...(settings.configurationSet !== null && { ConfigurationSetName: settings.configurationSet }),
  };
};

export const listEmailIdentities: Operation = ({ input }, account) => {
  const names = [...new Set([...account.verified, ...account.identities.names])].sort();
  const { members, next } = page(names, { size: input.PageSize, token: input.NextToken, most: MOST_A_PAGE });
  const identities = members.map((name) => ({
    IdentityType: typeOf(name),
    IdentityName: name,
    SendingEnabled: account.isVerified(name),
    VerificationStatus: account.isVerified(name) ? 'SUCCESS' : 'PENDING',
  }));
  return { EmailIdentities: identities, ...next };
};

/** Feedback by e-mail ends only where bounces and complaints have a topic. */
export const putEmailIdentityFeedbackAttributes: Operation = ({ name, input }, account) => {
  checkKnown(name, account);
  const forwarding = readBoolean(input, 'EmailForwardingEnabled');
  if (!forwarding && !account.hasFeedbackTopics(name)) {
    throw badRequest(`Identity <${name}> needs topics for bounces and complaints before e-mail forwarding ends.`);
  }
  account.identities.of(name).forwarding = forwarding;
  return {};
};

const typeOf = (name: string) => (name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN');

function checkKnown(name: string, account: SesAccount): void {
  if (account.isVerified(name) || account.identities.names.includes(name.toLowerCase())) return;
  throw notFound(`Email identity ${name} does not exist.`);
}

const dkim = (name: string, { dkim: { signing, status } }: Readonly<IdentitySettings>) => ({
  SigningEnabled: signing,
  Status: status,
  SigningAttributesOrigin: 'AWS_SES',
  NextSigningKeyLength: 'RSA_2048_BIT',
  CurrentSigningKeyLength: 'RSA_2048_BIT',
  ...(typeOf(name) === 'DOMAIN' && { Tokens: [1, 2, 3].map((n) => token(`${name}${n}`)) }),
  SigningHostedZone: `dkim.${REGION}.amazonses.com`,
});

/** The name of a DKIM record: always the same for the same identity. */
const token = (of: string): string => createHash('sha256').update(of).digest('hex').slice(0, 32);

const mailFrom = ({ mailFrom: own }: Readonly<IdentitySettings>) => ({
  BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
  ...(own !== null && { MailFromDomain: own.domain, MailFromDomainStatus: own.status }),
});
