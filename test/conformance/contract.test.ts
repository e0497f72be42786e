import type { Case } from '../../conformance/corpus/format.ts';
import { tasksOf } from '../../conformance/corpus/tasks.ts';
import { askRunner } from '../../conformance/run/ask-runner.ts';
import { LEVELS, type Level } from '../../conformance/run/level.ts';
import { differencesText, table } from '../../conformance/run/report.ts';
import { type Score, scoreOf } from '../../conformance/run/score.ts';

const AT = '2026-01-01T00:00:00.000Z';
const about = { theme: 'small', title: 'A case.', source: 'here' };
const decided = {
  type: 'Bounce',
  address: 'a@b.example',
  at: AT,
  rule: 'hard-bounce',
  effect: 'suppress',
  reason: 'hard-bounce',
  scope: '*',
  until: null,
} as const;
const message: Case = { ...about, id: 'm', kind: 'messages', envelope: 'bare', input: {}, expected: [decided] };
const malformed: Case = { ...message, id: 'bad', expected: [{ malformed: 'NotJson' }] };
const address: Case = {
  ...about,
  id: 'a',
  kind: 'addresses',
  input: 'A',
  expected: { key: null, reason: 'AddressSyntax' },
};
const sequence: Case = {
  ...about,
  id: 's',
  kind: 'sequences',
  steps: [
    { name: 'x', message: 1 },
    { name: 'y', message: 2 },
  ],
  orders: 'every',
  questions: [
    { after: 1, ask: 'mail', address: 'a@b.example', at: AT, expected: { blocked: false } },
    { ask: 'entry', address: 'a@b.example', scope: '*', expected: null },
  ],
};

type Answers = { readonly [id: string]: { readonly [field: string]: unknown } };

const score = (
  cases: readonly Case[],
  answers: Answers,
  levels?: readonly string[],
  only = LEVELS as readonly Level[],
) => scoreOf(cases.flatMap(tasksOf), { answers: new Map(Object.entries(answers)), levels, breaches: [] }, only);
/** Passed, failed and unsupported cases, by level. */
const tally = ({ counts }: Score) =>
  Object.fromEntries(counts.map(({ level, passed, failed, unsupported }) => [level, [passed, failed, unsupported]]));

test('a task tells what was received and never what is expected', () => {
  const tasks = [message, address, sequence].flatMap(tasksOf).map(({ task }) => task);
  expect(tasks.slice(0, 2)).toEqual([
    { id: 'm', kind: 'message', envelope: 'bare', input: {} },
    { id: 'a', kind: 'address', input: 'A' },
  ]);
  expect(JSON.stringify(tasks)).not.toContain('expected');
});

test('a sequence is played in every order and twice over; what is asked on the way, in the first order only', () => {
  const tasks = tasksOf(sequence).map(({ task }) => task);
  expect(tasks.map(({ id }) => id)).toEqual(['s', 's#1', 's#2']);
  expect(tasks.map(({ steps }) => (steps as { message: number }[]).map((step) => step.message))).toEqual([
    [1, 2],
    [2, 1],
    [1, 2, 1, 2],
  ]);
  expect(tasks.map(({ questions }) => (questions as object[]).length)).toEqual([2, 1, 1]);
});

test('an order of steps that are not there is an error of the corpus', () => {
  const broken: Case = { ...sequence, orders: [['z']] };
  expect(() => tasksOf(broken)).toThrow('s: there is no step called z');
});

test('who reads right and decides nothing passes the level of reading', () => {
  const { type, address: whom, at } = decided;
  expect(tally(score([message], { m: { decisions: [{ type, address: whom, at }] } }))).toEqual({
    reading: [1, 0, 0],
    decision: [0, 1, 0],
  });
});

test('fields that nobody asked for do not count', () => {
  expect(tally(score([message], { m: { decisions: [{ ...decided, confidence: 1 }] } }))).toEqual({
    reading: [1, 0, 0],
    decision: [1, 0, 0],
  });
});

test.each<[string, object[]]>([
  ['another address', [{ ...decided, address: 'A@b.example' }]],
  ['another time', [{ ...decided, at: '2026-01-01T00:00:00Z' }]],
  ['no line', []],
  ['a line too many', [decided, { ...decided, address: 'c@b.example' }]],
  ['malformed', [{ malformed: 'NotJson' }]],
])('%s is a difference at both levels', (_what, decisions) => {
  expect(tally(score([message], { m: { decisions } }))).toEqual({ reading: [0, 1, 0], decision: [0, 1, 0] });
});

test('how many decisions follow from one reading is no matter of reading', () => {
  expect(tally(score([message], { m: { decisions: [decided, decided] } }))).toEqual({
    reading: [1, 0, 0],
    decision: [0, 1, 0],
  });
});

test('an error is one malformed line; its code counts where decisions do', () => {
  const bad = (error: string) => tally(score([malformed], { bad: { error } }));
  expect(bad('NotJson')).toEqual({ reading: [1, 0, 0], decision: [1, 0, 0] });
  expect(bad('SyntaxError')).toEqual({ reading: [1, 0, 0], decision: [0, 1, 0] });
});

test('why there is no key counts only if it is told', () => {
  const key = (answer: { [field: string]: unknown }) => tally(score([address], { a: answer })).address;
  expect(key({ key: null })).toEqual([1, 0, 0]);
  expect(key({ key: null, reason: 'AddressSyntax' })).toEqual([1, 0, 0]);
  expect(key({ key: null, reason: 'AddressEmpty' })).toEqual([0, 1, 0]);
  expect(key({ key: 'a' })).toEqual([0, 1, 0]);
  expect(key({})).toEqual([0, 1, 0]);
});

test('a sequence passes if every order does', () => {
  const right = { s: { answers: [{ blocked: false }, null] }, 's#1': { answers: [null] }, 's#2': { answers: [null] } };
  expect(tally(score([sequence], right)).sequence).toEqual([1, 0, 0]);
  const wrong = { ...right, 's#2': { answers: [{ status: 'watched' }] } };
  expect(tally(score([sequence], wrong)).sequence).toEqual([0, 1, 0]);
  expect(score([sequence], wrong).differences.map(({ id }) => id)).toEqual(['s#2']);
});

test('what is not supported is counted apart: a level, a case, one question', () => {
  const cases = [message, address, sequence];
  const nothing = { s: { unsupported: 'x' }, 's#1': { unsupported: 'x' }, 's#2': { unsupported: 'x' } };
  const some = { m: { unsupported: true }, a: { unsupported: true }, ...nothing };
  expect(tally(score(cases, some))).toEqual({
    reading: [0, 0, 1],
    decision: [0, 0, 1],
    address: [0, 0, 1],
    sequence: [0, 0, 1],
  });
  expect(tally(score([message], { m: { decisions: [decided] } }, ['reading']))).toEqual({
    reading: [1, 0, 0],
    decision: [0, 0, 1],
  });
  const part = { answers: [{ blocked: false }, { unsupported: true }] };
  const rest = { 's#1': { answers: [null] }, 's#2': { answers: [null] } };
  expect(tally(score([sequence], { s: part, ...rest })).sequence).toEqual([0, 0, 1]);
});

test('no answer is a difference, and only the levels asked for are judged', () => {
  expect(tally(score([message, address], {}, undefined, ['reading']))).toEqual({ reading: [0, 1, 0] });
});

test('the report shows scores by theme and level, and what differs', () => {
  const scored = score([message, malformed, address], { m: { decisions: [decided] }, bad: { decisions: [] } });
  expect(table(scored)).toBe(
    [
      'theme  reading  decision  address',
      'small      1/2       1/2      0/1',
      'all        1/2       1/2      0/1',
    ].join('\n'),
  );
  expect(differencesText(scored, 1)).toBe(
    [
      'bad (reading): A case.',
      '  line 1',
      '    expected {"malformed":true}',
      '    got      nothing',
      'and 2 more; --show 3 prints them all',
    ].join('\n'),
  );
});

const node = (script: string) => `"${process.execPath}" -e '${script}'`;
const ask = (script: string, timeoutMs = 30_000) =>
  askRunner(node(script), [{ id: 'one', kind: 'address', input: 'x' }], { timeoutMs });

test('a runner reads tasks, says what it can, and answers', async () => {
  const echo =
    'console.log("{\\"levels\\":[\\"address\\"]}");process.stdin.on("data",(d)=>console.log(JSON.stringify({id:JSON.parse(d).id,key:JSON.parse(d).input})))';
  expect(await ask(echo)).toEqual({
    answers: new Map([['one', { id: 'one', key: 'x' }]]),
    levels: ['address'],
    breaches: [],
  });
});

test('a task is one line, whatever a program takes for the end of one', async () => {
  const raw =
    'let t="";process.stdin.on("data",(d)=>{t+=d}).on("end",()=>console.log(JSON.stringify({id:"one",key:t.split(/[\\u0085\\u2028\\u2029]/).length,input:JSON.parse(t).input})))';
  const input = 'a\u0085b\u2028c\u2029d';
  const { answers } = await askRunner(node(raw), [{ id: 'one', kind: 'address', input }], { timeoutMs: 30_000 });
  expect(answers.get('one')).toEqual({ id: 'one', key: 1, input });
});

test('a runner that a signal ends is told', async () => {
  const { breaches } = await ask('process.kill(process.pid,"SIGTERM")');
  expect(breaches.join()).toMatch(/^it ended with (SIGTERM|exit code 143)$/); // by whether the shell is in between
});

test('whatever is against the contract is told', async () => {
  const bad =
    'console.log("hello\\n[1]\\n\\n{\\"id\\":\\"two\\"}\\n{\\"id\\":\\"one\\"}\\n{\\"id\\":\\"one\\"}");process.stdout.once("drain",()=>0);process.exitCode=3';
  expect((await ask(bad)).breaches).toEqual([
    'this line is no JSON object: hello',
    'this line is no JSON object: [1]',
    'nobody asked: {"id":"two"}',
    'answered twice: one',
    'it ended with exit code 3',
  ]);
});

test('a runner that never ends is stopped, with what it started', async () => {
  expect(await ask('setInterval(()=>0,1000)', 300)).toEqual({
    answers: new Map(),
    levels: undefined,
    breaches: ['it was stopped after 0.3 s'],
  });
});

test('a runner that is not there is told as a shell tells it', async () => {
  const { breaches } = await askRunner('exec 2>/dev/null; no-such-runner', [], { timeoutMs: 30_000 });
  expect(breaches).toEqual(['it ended with exit code 127']);
});
