import { CliError } from '../../../cli/cli-error.ts';
import type { Dependencies } from '../../../cli/dependencies.ts';
import { notTheHomeRegion } from '../../../cli/deployment/not-the-home-region.ts';
import { Exit } from '../../../cli/exit.ts';
import type { Problem } from '../../../console/api.ts';
import { bareDesk } from './bare-desk.ts';
import { codeOf, shell } from './shell.ts';

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-dns-prefetch-control': 'off',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Directives of a content security policy, by name. */
const policyOf = (response: Response): Record<string, string> =>
  Object.fromEntries(
    (response.headers.get('content-security-policy') ?? '').split('; ').map((each) => {
      const [name = '', ...values] = each.split(' ');
      return [name, values.join(' ')];
    }),
  );

const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'frame-src': "'self'",
  'form-action': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
};

/** A console whose list cannot be opened. */
const failing = (fault: unknown) => shell({ overrides: { openList: () => Promise.reject(fault) } });

const aws = (name: string, message = 'so says AWS') => Object.assign(new Error(message), { name, $metadata: {} });

const problemOf = async (response: Response) => ((await response.json()) as { error: Problem }).error;

test('serves the page and its two files, each as what it is', async () => {
  const { bare } = shell();
  for (const [path, type, text] of [
    ['/', 'text/html; charset=utf-8', '<title>console</title>'],
    ['/app.js', 'text/javascript; charset=utf-8', 'void 0;'],
    ['/app.css', 'text/css; charset=utf-8', 'a{}'],
  ]) {
    const answer = await bare(String(path));
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, type, text]);
  }
});

test('gives everything it answers the headers that keep it safe in a browser', async () => {
  const { get, bare, post, access } = shell();
  for (const answer of [
    await bare('/'),
    await bare(`/?token=${access.token}`),
    await get('/api/deployment'),
    await get('/api/deployment', { cookie: '' }),
    await get('/nowhere'),
    await get('/api/nowhere'),
    await bare('/', { headers: { host: 'rebound.example' } }),
    await bare('/', { method: 'OPTIONS' }),
    await post('/api/decide', '{'),
    await failing(aws('AccessDenied')).get('/api/deployment'),
    await failing(new Error('nobody foresaw it')).get('/api/deployment'),
  ]) {
    expect(Object.fromEntries(Object.keys(HEADERS).map((name) => [name, answer.headers.get(name)]))).toEqual(HEADERS);
    expect(policyOf(answer)).toEqual(POLICY);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('leaves a mail, which may do less, the policy of its own', async () => {
  const answer = await shell({}, bareDesk).get('/api/inbox/1/html');
  expect(answer.status).toBe(200);
  expect(policyOf(answer)).toMatchObject({ sandbox: '', 'default-src': "'none'", 'frame-ancestors': "'self'" });
  expect(policyOf(answer)).not.toHaveProperty('script-src');
});

test.each([
  '/nowhere',
  '/index.html',
  '/app.js.map',
  '/app.js/',
  '//app.js',
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2fpackage.json',
  '/..%2f..%2f..%2fetc%2fpasswd',
  '/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/app.js%00',
  '/..\\package.json',
  '/%5c..%5cpackage.json',
  '/%ff%fe',
  '/api/nowhere',
  '/api/../api/nowhere',
  '/api/%2e%2e/package.json',
  '/api/inbox/..%2f..%2fpackage.json/html',
])('has nothing at %s, and says so', async (path) => {
  const answer = await shell({}, bareDesk).get(path);
  expect([400, 404]).toContain(answer.status);
  const text = await answer.text();
  expect(JSON.parse(text)).toEqual({
    error: { code: expect.any(String), message: expect.any(String), remedy: expect.any(String) },
  });
  expect(text).not.toMatch(/root:|"name": "ses-suppressor"/);
});

describe('what fails is answered with a problem:', () => {
  test.each([
    ['what was given cannot be right', new CliError('InvalidRequest', 'm', 'r', Exit.USAGE), 400, 'InvalidRequest'],
    ['AWS refuses', aws('AccessDeniedException'), 403, 'AccessDenied'],
    ['there is no such stack', new CliError('StackNotFound', 'm', 'r'), 404, 'StackNotFound'],
    ['this is a copy of the list', notTheHomeRegion('T', 'eu-west-1'), 409, 'NotTheHomeRegion'],
    ['somebody else was faster', new CliError('EntryChanged', 'm', 'r'), 409, 'EntryChanged'],
    ['the credentials are over', aws('ExpiredTokenException'), 502, 'CredentialsRefused'],
    ['AWS throttles', aws('ThrottlingException'), 502, 'AwsThrottled'],
    ['AWS fails', aws('InternalServerError'), 502, 'AwsFailed'],
    ['nothing answers', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 502, 'AwsUnreachable'],
  ])('%s', async (_what, fault, status, code) => {
    const { get, said } = failing(fault);
    const answer = await get('/api/deployment');
    expect(answer.status).toBe(status);
    const problem = await problemOf(answer);
    expect(problem).toEqual({ code, message: expect.any(String), remedy: expect.any(String) });
    expect([problem.message, problem.remedy]).not.toContain('');
    expect(said).toEqual([]);
  });

  test('what nobody foresaw, without a word of where; the terminal is told', async () => {
    const { get, said } = failing(new TypeError('cannot read /home/pat/.aws/config\nat open'));
    const answer = await get('/api/deployment');
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(JSON.parse(text).error.code).toBe('Unexpected');
    expect(text).not.toMatch(/TypeError|home|at open|\.ts/);
    expect(said).toEqual([expect.stringMatching(/^GET \/api\/deployment: .*cannot read .*\n$/)]);
  });

  test('a fault of the program itself in the same way', async () => {
    const overrides: Partial<Dependencies> = {
      openList: () => {
        throw new RangeError('too far');
      },
    };
    const { get, said } = shell({ overrides });
    const answer = await get('/api/deployment');
    expect([answer.status, await codeOf(answer)]).toEqual([500, 'Unexpected']);
    expect(said).toEqual(['GET /api/deployment: RangeError: too far\n']);
  });

  test('what stands in a path is shown as text that hides nothing', async () => {
    const { message } = await problemOf(
      await shell().get(`/${encodeURIComponent('\u001b[31m\u202e')}${'a'.repeat(500)}`),
    );
    expect(message).not.toMatch(/\p{Cc}|\u202e/u);
    expect(message.length).toBeLessThan(120);
  });
});

describe('a body', () => {
  const json = (bytes: number): string => JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) });

  test('of 64 kB is read, and one byte more is not', async () => {
    const { post } = shell();
    const fits = await post('/api/decide', json(64_000));
    expect([fits.status, await codeOf(fits)]).toEqual([400, 'InvalidRequest']);
    const long = await post('/api/decide', json(64_001));
    expect([long.status, await codeOf(long)]).toEqual([413, 'TooLarge']);
  });

  test('of a mail may be 15 MB', async () => {
    const { post } = shell({}, bareDesk);
    expect((await post('/api/desk/send', json(15_000_000))).status).toBe(200);
    const long = await post('/api/desk/send', json(15_000_001));
    expect([long.status, (await problemOf(long)).message]).toEqual([413, 'the request is longer than 15000 kB']);
  });

  test('that says it is short is still counted', async () => {
    const { app, cookie } = shell();
    const answer = await app.request('http://127.0.0.1:4581/api/decide', {
      method: 'POST',
      headers: {
        host: '127.0.0.1:4581',
        cookie,
        origin: 'http://127.0.0.1:4581',
        'content-type': 'application/json',
        'transfer-encoding': 'chunked',
        'content-length': '2',
      },
      body: json(70_000),
    });
    expect([answer.status, await codeOf(answer)]).toEqual([413, 'TooLarge']);
  });
});
