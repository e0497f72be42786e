import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SendingDomain, type SendingDomainSettings, type SuppressorStackProps } from '../../lib/index.ts';
import {
  environment,
  only,
  permissions,
  resources,
  suppressor,
  suppressorTemplate,
  testApp,
  words,
} from './harness.ts';

const domain = (settings: Partial<SendingDomainSettings> = {}, region: string | undefined = 'eu-west-1') => {
  const stack = new Stack(testApp(), 'Stack', region === undefined ? {} : { env: { region } });
  new SendingDomain(stack, 'Domain', { name: 'ledger.example', ...settings });
  return Template.fromStack(stack);
};

interface Told {
  readonly Value: unknown;
  readonly Description: string;
}
const told = (template: Template): string[] =>
  (Object.values(template.findOutputs('*')) as Told[]).map(({ Value }) => words(Value));
const made = (template: Template): string[] =>
  Object.values(resources(template, 'AWS::Route53::RecordSet')).map(({ Properties }) =>
    [Properties.HostedZoneId, Properties.Name, Properties.Type, Properties.ResourceRecords].map(words).join(' '),
  );
const dkim = (i: number): RegExp =>
  new RegExp(`^DomainIdentity\\w+\\.DkimDNSTokenName${i} CNAME DomainIdentity\\w+\\.DkimDNSTokenValue${i}$`);

describe('identity', () => {
  test('signs with 2048 bits and has a MAIL FROM domain, which mail does without while its record is missing', () => {
    expect(only(domain(), 'AWS::SES::EmailIdentity').Properties).toEqual({
      EmailIdentity: 'ledger.example',
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
      MailFromAttributes: { MailFromDomain: 'mail.ledger.example', BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
    });
  });

  test('stays when the stack goes, with its records: all mail of the domain depends on them', () => {
    const template = domain({ zone: { id: 'Z0123', name: 'ledger.example' } });
    const kept = ['AWS::SES::EmailIdentity', 'AWS::Route53::RecordSet'].flatMap((type) =>
      Object.values(resources(template, type)),
    );
    expect(kept).toHaveLength(7);
    // a deployment that failed must not leave what makes the next one fail: AlreadyExists
    for (const { DeletionPolicy, UpdateReplacePolicy } of kept)
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
  });

  test('uses the MAIL FROM domain of SES where it is told to', () => {
    const template = domain({ mailFrom: false });
    expect(only(template, 'AWS::SES::EmailIdentity').Properties.MailFromAttributes).toBeUndefined();
    expect(told(template)).toHaveLength(4);
  });
});

describe('records', () => {
  test('are told one by one, as name, type and value', () => {
    expect(told(domain())).toEqual([
      expect.stringMatching(dkim(1)),
      expect.stringMatching(dkim(2)),
      expect.stringMatching(dkim(3)),
      'mail.ledger.example MX 10 feedback-smtp.eu-west-1.amazonses.com',
      'mail.ledger.example TXT v=spf1 include:amazonses.com ~all',
      '_dmarc.ledger.example TXT v=DMARC1; p=none',
    ]);
  });

  test('say what each is for', () => {
    const outputs = Object.values(domain().findOutputs('*')) as Told[];
    for (const { Description } of outputs) expect(Description).toMatch(/^Add to the DNS: .{20,}\.$/);
  });

  test('are made in a hosted zone instead, text in quotes', () => {
    const template = domain({ zone: { id: 'Z0123', name: 'ledger.example' } });
    expect(template.findOutputs('*')).toEqual({});
    expect(made(template)).toEqual([
      expect.stringMatching(/^Z0123 DomainIdentity\w+\.DkimDNSTokenName1 CNAME DomainIdentity\w+\.DkimDNSTokenValue1$/),
      expect.stringMatching(/^Z0123 DomainIdentity\w+\.DkimDNSTokenName2 CNAME DomainIdentity\w+\.DkimDNSTokenValue2$/),
      expect.stringMatching(/^Z0123 DomainIdentity\w+\.DkimDNSTokenName3 CNAME DomainIdentity\w+\.DkimDNSTokenValue3$/),
      'Z0123 mail.ledger.example MX 10 feedback-smtp.eu-west-1.amazonses.com',
      'Z0123 mail.ledger.example TXT "v=spf1 include:amazonses.com ~all"',
      'Z0123 _dmarc.ledger.example TXT "v=DMARC1; p=none"',
    ]);
  });

  test('of a subdomain are made in the zone above it', () => {
    const records = made(domain({ name: 'news.ledger.example', zone: { id: 'Z0123', name: 'ledger.example' } }));
    expect(records).toContain('Z0123 mail.news.ledger.example TXT "v=spf1 include:amazonses.com ~all"');
  });

  test('say what DMARC shall be, or leave it alone', () => {
    const dmarc = (setting: SendingDomainSettings['dmarc']) =>
      told(domain(setting === undefined ? {} : { dmarc: setting })).filter((record) => record.startsWith('_dmarc.'));
    expect(dmarc({ policy: 'reject', rua: 'dmarc@ledger.example' })).toEqual([
      '_dmarc.ledger.example TXT v=DMARC1; p=reject; rua=mailto:dmarc@ledger.example',
    ]);
    expect(dmarc(false)).toEqual([]);
  });

  test('are cut into pieces in a hosted zone where they are longer than Route 53 takes in one', () => {
    const rua = `${'d'.repeat(64)}@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example`;
    const [record = ''] = made(domain({ zone: { id: 'Z0123', name: 'ledger.example' }, dmarc: { rua } })).slice(-1);
    const pieces = [...record.matchAll(/"([^"]*)"/g)].map(([, piece = '']) => piece);
    expect(pieces.map(({ length }) => length)).toEqual([255, `v=DMARC1; p=none; rua=mailto:${rua}`.length - 255]);
    expect(pieces.join('')).toBe(`v=DMARC1; p=none; rua=mailto:${rua}`);
  });

  test('name the Region where it is known only at the deployment', () => {
    const stack = new Stack(testApp(), 'Stack');
    new SendingDomain(stack, 'Domain', { name: 'ledger.example' });
    expect(told(Template.fromStack(stack))).toContain(
      'mail.ledger.example MX 10 feedback-smtp.<AWS::Region>.amazonses.com',
    );
  });
});

test.each<[Partial<SendingDomainSettings>, string]>([
  [{ name: 'Ledger.example' }, 'domains must be names in lower case, got: Ledger.example; write ledger.example'],
  [{ name: 'pat@ledger.example' }, 'domains must be names in lower case, got: pat@ledger.example'],
  [
    { mailFrom: 'mail.target.example' },
    "mailFrom must be a subdomain of ledger.example, got: mail.target.example; write mail.ledger.example, or false for SES's own",
  ],
  [{ mailFrom: 'ledger.example' }, 'mailFrom must be a subdomain of ledger.example, got: ledger.example'],
  [
    { zone: { id: 'Z0123', name: 'news.ledger.example' } },
    'zone must be one that ledger.example is in, got: news.ledger.example; give its zone, or leave it out',
  ],
  [{ zone: { id: 'Z0123', name: 'er.example' } }, 'zone must be one that ledger.example is in, got: er.example'],
  [{ dmarc: { rua: 'mailto:pat@a.example' } }, 'dmarc.rua must be an address, got: mailto:pat@a.example'],
])('refuses %j, with the remedy', (settings, message) => {
  expect(() => domain(settings)).toThrow(message);
});

test('takes a MAIL FROM domain only where the name of its mail server is known', () => {
  expect(() => domain({}, 'eusc-de-east-1')).toThrow(/in eusc-de-east-1 is not known here.*set mailFrom to false/);
  expect(told(domain({ mailFrom: false }, 'eusc-de-east-1'))).toHaveLength(4);
  expect(told(domain({}, 'us-gov-west-1'))).toContain(
    'mail.ledger.example MX 10 feedback-smtp.us-gov-west-1.amazonses.com',
  );
});

describe('in the stack', () => {
  const props: SuppressorStackProps = { domains: [{ name: 'ledger.example' }, { name: 'news.target.example' }] };
  const template = suppressorTemplate(props);

  test('mail that names no configuration set is in that of the stack, so it feeds the list', () => {
    const sets = Object.values(resources(template, 'AWS::SES::EmailIdentity')).map(({ Properties }) =>
      words((Properties.ConfigurationSetAttributes as { ConfigurationSetName: unknown }).ConfigurationSetName),
    );
    expect(sets).toEqual([environment(template, 'SenderFunction').SUPPRESSOR_CONFIGURATION_SET, sets[0]]);
  });

  test('the configuration set stays with the identities: SES refuses mail whose default one is gone', () => {
    const kept = (of: Template) => only(of, 'AWS::SES::ConfigurationSet').DeletionPolicy;
    expect([kept(template), kept(suppressorTemplate())]).toEqual(['RetainExceptOnCreate', undefined]);
  });

  test('the domains are senders, unless senders are given', () => {
    const from = (of: Template) =>
      permissions(of, 'SenderFunction').flatMap(
        (permission) =>
          ((permission as unknown[])[2] as { StringLike?: Record<string, string[]> } | undefined)?.StringLike?.[
            'ses:FromAddress'
          ] ?? [],
      );
    expect(from(template)).toEqual(['*@ledger.example', '*@news.target.example']);
    expect(from(suppressorTemplate({ ...props, senders: ['pat@ledger.example'] }))).toEqual(['pat@ledger.example']);
    expect(from(suppressorTemplate({ ...props, identities: ['a.example'] }))).toEqual([
      '*@a.example',
      '*@ledger.example',
      '*@news.target.example',
    ]);
  });

  test('are told by outputs as long as a stack may have so many', () => {
    const domains = (count: number, zone?: { id: string; name: string }) =>
      Array.from({ length: count }, (_, i) => ({
        name: `d${i}.example`,
        ...(zone && { zone: { ...zone, name: `d${i}.example` } }),
      }));
    const everything = { identities: ['a.example'], unsubscribe: true, regions: ['us-east-1'] };
    const most = suppressorTemplate({ ...everything, domains: domains(25) }).findOutputs('*');
    expect(Object.keys(most).length).toBeLessThanOrEqual(200);
    expect(() => suppressor({ domains: domains(26) })).toThrow(
      'domains without a zone must be at most 25, got: 26; their records are outputs, of which a stack has 200: give each its zone',
    );
    expect(() => suppressor({ domains: domains(26, { id: 'Z0123', name: '' }) })).not.toThrow();
  });

  test('a domain is not wired as well, or each bounce would be told twice', () => {
    expect(() => suppressor({ ...props, identities: ['ledger.example'] })).toThrow(
      'a domain is made or wired, not both, got: ledger.example in domains and identities; leave it in domains if SES does not know it yet',
    );
    expect(() => suppressor({ domains: [{ name: 'a.example' }, { name: 'a.example' }] })).toThrow(
      'domains must be different, got: a.example, a.example; name each once',
    );
  });
});
