/** A finding of `ses-suppressor doctor --json`. */
export interface DoctorFinding {
  readonly check: string;
  readonly status: string;
  readonly about: string;
  readonly message: string;
}

/** Something the doctor must find wrong here, and whose lack it is. */
export interface ExpectedWrong {
  readonly check: string;
  readonly about: string;
  readonly why: string;
}

/** What the doctor said, held against what it must say. */
export interface Diagnosis {
  readonly ok: number;
  /** Worth knowing, or what nobody can say here. */
  readonly others: number;
  readonly expected: readonly DoctorFinding[];
  /** Wrong, and not expected. */
  readonly unexpected: readonly DoctorFinding[];
  /** Expected to be wrong, and not found so. */
  readonly missed: readonly ExpectedWrong[];
}

/** Reads what the doctor prints with `--json`. */
export const parseFindings = (ndjson: string): DoctorFinding[] =>
  ndjson
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as DoctorFinding);

const isAbout = ({ check, about }: ExpectedWrong, found: DoctorFinding): boolean =>
  check === found.check && about === found.about;

/** Checks that ask DNS, which need not be there. */
const OF_DNS: readonly string[] = ['dmarc', 'spf'];

/**
 * Every WRONG must be expected, and every expected one must be found. Where nobody could say (`unknown`), what DNS says counts as found, for
 * a machine without network; of everything else somebody must be able to say.
 */
export const compare = (findings: readonly DoctorFinding[], expected: readonly ExpectedWrong[]): Diagnosis => {
  const wrong = findings.filter(({ status }) => status === 'wrong');
  const couldBe = findings.filter(
    ({ status, check }) => status === 'wrong' || (status === 'unknown' && OF_DNS.includes(check)),
  );
  return {
    ok: findings.filter(({ status }) => status === 'ok').length,
    others: findings.filter(({ status }) => status !== 'ok' && status !== 'wrong').length,
    expected: wrong.filter((found) => expected.some((each) => isAbout(each, found))),
    unexpected: wrong.filter((found) => !expected.some((each) => isAbout(each, found))),
    missed: expected.filter((each) => !couldBe.some((found) => isAbout(each, found))),
  };
};
