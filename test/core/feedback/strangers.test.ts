import { isVerdict } from '../../../core/decisions/classify.ts';
import { bounce, bounced, complaint, delay, delivery, FAMILIES, PAT, SAM, STRANGER } from '../messages.ts';
import { codeOf, linesOf, verdictOf, verdictsOf } from '../verdicts.ts';

type Make = (recipients: readonly unknown[], destination: unknown) => object;

const MAKERS: readonly (readonly [string, Make])[] = FAMILIES.flatMap((family) => [
  [
    `a bounce named by ${family}`,
    (recipients, destination) =>
      bounce({ family, recipients: recipients.map((r) => bounced(r)), mail: { destination } }),
  ],
  [
    `a complaint named by ${family}`,
    (recipients, destination) =>
      complaint({ family, recipients: recipients.map((emailAddress) => ({ emailAddress })), mail: { destination } }),
  ],
]);

const UNUSABLE = ['', 'nobody', 'two@a.example, three@b.example', 'x@[192.0.2.1]', 7, null, true, { a: 1 }];

describe.each<readonly [string, Make]>(MAKERS)('%s', (_name, make) => {
  const addresses = (recipients: readonly unknown[], destination: unknown) =>
    verdictsOf(make(recipients, destination)).map((v) => v.address);

  test('about somebody the mail was not sent to is held against its only destination', () => {
    const { address, event, decision } = verdictOf(make([STRANGER], [PAT]));
    expect([address, decision.effect]).toEqual([PAT, 'suppress']);
    expect(event).toMatchObject({ recipient: PAT, reported: STRANGER });
    expect(event?.id).toMatch(/#pat@target\.example$/);
  });

  test('about somebody the mail was not sent to names nobody when there are several destinations', () => {
    expect(verdictsOf(make([STRANGER], [PAT, SAM]))).toEqual([
      {
        type: expect.any(String),
        address: null,
        event: undefined,
        decision: { rule: 'foreign-recipient', effect: 'none', reason: 'foreign-recipient', scope: null, until: null },
      },
    ]);
  });

  test('about a stranger beside a true recipient is applied to the true one alone', () => {
    expect(addresses([STRANGER, SAM], [PAT, SAM])).toEqual([null, SAM]);
  });

  test('about many strangers makes no key of any of them', () => {
    const strangers = Array.from({ length: 60 }, (_, i) => `victim-${i}@elsewhere.example`);
    expect(new Set(addresses(strangers, [PAT]))).toEqual(new Set([PAT]));
    expect(new Set(addresses(strangers, [PAT, SAM]))).toEqual(new Set([null]));
  });

  test.each(UNUSABLE)('about the unusable address %j is held against the only destination', (reported) => {
    const { address, event } = verdictOf(make([reported], [PAT]));
    expect(address).toBe(PAT);
    expect(event?.reported).toBe(typeof reported === 'string' ? reported : undefined);
  });

  test.each(UNUSABLE)('about the unusable address %j alone is malformed with several destinations', (reported) => {
    expect(codeOf(make([reported], [PAT, SAM]))).toBe('NoUsableAddress');
  });

  test('with one unusable address beside good ones applies the good ones and gives the bad one a line', () => {
    const lines = linesOf(make(['nobody', SAM], [PAT, SAM]));
    expect(lines.map((line) => (isVerdict(line) ? line.address : line.problem.code))).toEqual(['AddressSyntax', SAM]);
  });

  test('with an unusable address and a stranger is not malformed: the stranger can be named', () => {
    const lines = linesOf(make(['nobody', STRANGER], [PAT, SAM]));
    expect(lines.map((line) => (isVerdict(line) ? line.decision.rule : line.problem.code))).toEqual([
      'AddressSyntax',
      'foreign-recipient',
    ]);
  });

  test('finds its recipient among destinations with display names, capitals and punycode', () => {
    const destination = ['"Pat" <PAT@Target.Example>', 'Sam <sam@BÜCHER.example>'];
    expect(addresses(['pat@target.example', 'sam@xn--bcher-kva.example'], destination)).toEqual([
      PAT,
      'sam@xn--bcher-kva.example',
    ]);
    expect(addresses(['=?utf-8?q?Pat?= <Pat@target.example>'], destination)).toEqual([PAT]);
  });

  test('a destination given twice is still one destination', () => {
    expect(addresses([STRANGER], [PAT, 'Pat <PAT@target.example>'])).toEqual([PAT]);
  });

  test('destinations without a key stand for nobody, alone or among others', () => {
    expect(addresses([STRANGER], ['nobody'])).toEqual([null]);
    expect(addresses([STRANGER], ['nobody', 'nothing'])).toEqual([null]);
    expect(addresses([STRANGER], [PAT, 'nobody'])).toEqual([null]);
    expect(addresses([STRANGER], ['nobody', PAT])).toEqual([null]);
    expect(addresses([PAT], [PAT, 7, null])).toEqual([PAT]);
  });

  test.each([[undefined], [null], [[]], ['pat@target.example'], [{ 0: PAT }]])(
    'is believed where SES names no destinations: %j',
    (destination) => {
      expect(addresses(['Someone <SOMEONE@else.example>'], destination)).toEqual(['someone@else.example']);
    },
  );

  test('a recipient who differs only in a label is somebody else', () => {
    expect(addresses(['pat+news@target.example'], [PAT, SAM])).toEqual([null]);
  });

  test('what a stranger wrote is kept as one bounded line', () => {
    const { event } = verdictOf(make([`evil\r\nBcc: ${'x'.repeat(900)}`], [PAT]));
    expect(event?.reported).toMatch(/^evil Bcc: x+$/);
    expect(event?.reported?.length).toBeLessThanOrEqual(320);
  });
});

test.each([
  ['a delivery', delivery({ recipients: [SAM], mail: { destination: [PAT] } })],
  ['a delay', delay({ recipients: [{ emailAddress: SAM }], mail: { destination: [PAT] } })],
])('%s is reported by SES itself, so it is believed', (_name, message) => {
  expect(verdictOf(message).address).toBe(SAM);
});
