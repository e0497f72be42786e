import {
  compare,
  type DoctorFinding,
  type ExpectedWrong,
  parseFindings,
} from '../../../proof/acceptance/doctor-expectations.ts';

const finding = (check: string, about: string, status: string): DoctorFinding => ({
  check,
  about,
  status,
  message: '…',
});
const EXPECTED: readonly ExpectedWrong[] = [
  { check: 'table-ttl', about: 'list', why: 'dropped' },
  { check: 'dmarc', about: 'ledger.example', why: 'no DNS' },
];

describe('What the doctor must say', () => {
  test('is read from its lines', () => {
    const lines = [finding('a', 'b', 'ok'), finding('c', 'd', 'wrong')];
    expect(parseFindings(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)).toEqual(lines);
  });

  test('is wrong where it is expected, of the very thing', () => {
    const wrong = [finding('table-ttl', 'list', 'wrong'), finding('dmarc', 'ledger.example', 'wrong')];
    const found = compare([...wrong, finding('topic', 't', 'ok'), finding('sandbox', 'account', 'note')], EXPECTED);
    expect(found).toEqual({ ok: 1, others: 1, expected: wrong, unexpected: [], missed: [] });
  });

  test('may be wrong nowhere else', () => {
    const stranger = finding('table-ttl', 'other', 'wrong');
    const found = compare([stranger, finding('dmarc', 'ledger.example', 'wrong')], EXPECTED);
    expect([found.unexpected, found.missed]).toEqual([[stranger], [EXPECTED[0]]]);
  });

  test('must not be well where it is expected to be wrong', () => {
    const found = compare([finding('table-ttl', 'list', 'ok'), finding('dmarc', 'ledger.example', 'wrong')], EXPECTED);
    expect(found.missed).toEqual([EXPECTED[0]]);
  });

  test('may be unknown where DNS is asked, and nowhere else', () => {
    const found = compare(
      [finding('table-ttl', 'list', 'unknown'), finding('dmarc', 'ledger.example', 'unknown')],
      EXPECTED,
    );
    expect([found.expected, found.missed]).toEqual([[], [EXPECTED[0]]]);
  });
});
