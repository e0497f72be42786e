import { codeOf, ORIGIN, PORT, shell } from './shell.ts';

const COOKIE = `ses-suppressor-${PORT}`;

/** Status and code, as in `403 ForeignSite`. */
const refusal = async (answer: Promise<Response>): Promise<string> => {
  const response = await answer;
  return response.ok ? String(response.status) : `${response.status} ${await codeOf(response)}`;
};

describe('the token', () => {
  test('is changed for a cookie that no script has and that no other site sends, and leaves the address', async () => {
    const { bare, access } = shell();
    const answer = await bare(`/?token=${access.token}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    const [value, ...attributes] = (answer.headers.get('set-cookie') ?? '').split('; ');
    expect(value).toBe(`${COOKIE}=${access.session}`);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
    expect(await answer.text()).toBe('');
  });

  test.each(['', 'x', 'the session', 'a prefix', 'a longer one', 'twice, the first wrong'])(
    'opens nothing when it is %s',
    async (which) => {
      const { bare, access } = shell();
      const given = {
        'the session': access.session,
        'a prefix': access.token.slice(0, -1),
        'a longer one': `${access.token}A`,
        'twice, the first wrong': `x&token=${access.token}`,
      }[which];
      const answer = await bare(`/?token=${given ?? which}`);
      expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([
        303,
        '/',
        null,
      ]);
    },
  );

  test('is random: no two consoles have the same, nor the same cookie', () => {
    const [one, two] = [shell().access, shell().access];
    const secrets = [one.token, one.session, two.token, two.session];
    expect(new Set(secrets).size).toBe(4);
    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  });

  test('opens nothing below /api by itself', async () => {
    const { bare, access } = shell();
    expect(await refusal(bare(`/api/deployment?token=${access.token}`))).toBe('401 NotOpened');
    expect(await refusal(bare('/api/deployment', { headers: { cookie: `${COOKIE}=${access.token}` } }))).toBe(
      '401 NotOpened',
    );
  });
});

describe('the cookie', () => {
  test('opens what is below /api, beside others too', async () => {
    const { get, cookie } = shell();
    expect(await refusal(get('/api/deployment'))).toBe('200');
    expect(await refusal(get('/api/deployment', { cookie: `a=b; ${cookie}; c=d` }))).toBe('200');
  });

  test('is needed below /api, whether there is something or not, and what is answered says where to get it', async () => {
    const { get, post } = shell();
    for (const path of ['/api', '/api/', '/api/deployment', '/api/nowhere'])
      expect(await refusal(get(path, { cookie: '' }))).toBe('401 NotOpened');
    expect(await refusal(post('/api/decide', '{}', { cookie: '' }))).toBe('401 NotOpened');
    const { error } = (await (await get('/api/deployment', { cookie: '' })).json()) as { error: { remedy: string } };
    expect(error.remedy).toBe('Open the address that the terminal printed.');
  });

  test.each([
    ['another value', `${COOKIE}=x`],
    ['no value', `${COOKIE}=`],
    ['the name of another port', 'ses-suppressor-1=SESSION'],
    ['another name', 'session=SESSION'],
    ['a longer value', `${COOKIE}=SESSIONA`],
  ])('opens nothing with %s', async (_what, text) => {
    const { get, access } = shell();
    const answer = get('/api/deployment', { cookie: text.replace('SESSION', access.session) });
    expect(await refusal(answer)).toBe('401 NotOpened');
  });

  test('is not needed for the page, which holds no secret', async () => {
    const { bare, access } = shell();
    for (const path of ['/', '/app.js', '/app.css']) {
      const answer = await bare(path);
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(text).not.toContain(access.token);
      expect(text).not.toContain(access.session);
    }
  });
});

describe('the host', () => {
  test.each([`127.0.0.1:${PORT}`, `localhost:${PORT}`])('may be %s', async (host) => {
    expect(await refusal(shell().get('/api/deployment', { host }))).toBe('200');
  });

  test.each([
    'rebound.example',
    `rebound.example:${PORT}`,
    `127.0.0.1.rebound.example:${PORT}`,
    '127.0.0.1',
    'localhost',
    `127.0.0.1:${PORT + 1}`,
    `[::1]:${PORT}`,
    `0.0.0.0:${PORT}`,
    `LOCALHOST:${PORT}`,
    `127.0.0.1:0${PORT}`,
    `127.0.0.1:${PORT},127.0.0.1:${PORT}`,
  ])('may not be %j: neither the page nor what is below /api is answered', async (host) => {
    const { get, access } = shell();
    for (const path of ['/', '/api/deployment', `/?token=${access.token}`, '/nowhere']) {
      const answer = await get(path, { host });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([421, null]);
      expect(await codeOf(answer)).toBe('ForeignHost');
    }
  });

  test('is none in an address that names another, whatever the header says', async () => {
    const { app, cookie } = shell();
    const answer = app.request('http://rebound.example/api/deployment', {
      headers: { host: `127.0.0.1:${PORT}`, cookie },
    });
    expect(await refusal(Promise.resolve(answer))).toBe('421 ForeignHost');
  });
});

describe('what another page in the same browser sends', () => {
  test.each(['same-origin', 'none', ''])('is let in when it reads from the site %j', async (site) => {
    expect(await refusal(shell().get('/api/deployment', { 'sec-fetch-site': site }))).toBe('200');
  });

  test.each(['cross-site', 'same-site', 'other'])('is refused when it reads from the site %j', async (site) => {
    const { get } = shell();
    for (const path of ['/', '/app.js', '/app.css', '/api/deployment'])
      expect(await refusal(get(path, { 'sec-fetch-site': site }))).toBe('403 ForeignSite');
  });

  test('is let in when somebody follows a link to the page, such as in a terminal in a browser', async () => {
    const { get, access } = shell();
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await get(`/?token=${access.token}`, followed)).headers.get('set-cookie')).toContain(access.session);
    expect((await get('/', { ...followed, cookie: '' })).status).toBe(200);
    for (const [path, headers] of [
      ['/api/deployment', followed],
      ['/app.js', followed],
      ['/', { ...followed, 'sec-fetch-dest': 'iframe' }],
      ['/', { ...followed, 'sec-fetch-mode': 'no-cors' }],
    ] as const)
      expect(await refusal(get(path, headers))).toBe('403 ForeignSite');
  });

  test.each([ORIGIN, `http://localhost:${PORT}`])('is let in when it changes something from %s', async (origin) => {
    expect(await refusal(shell().post('/api/nowhere', '{}', { origin }))).toBe('404 NoSuchPath');
  });

  test.each([
    '',
    'null',
    'http://rebound.example',
    `http://rebound.example:${PORT}`,
    `http://127.0.0.1:${PORT + 1}`,
    'http://127.0.0.1',
    `https://127.0.0.1:${PORT}`,
    `${ORIGIN}/`,
    `${ORIGIN}.rebound.example`,
  ])('is refused when it changes something from %j', async (origin) => {
    expect(await refusal(shell().post('/api/decide', '{}', { origin }))).toBe('403 ForeignSite');
  });

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=utf-8'])(
    'is let in as %s',
    async (type) => {
      expect(await refusal(shell().post('/api/nowhere', '{}', { 'content-type': type }))).toBe('404 NoSuchPath');
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'text/plain; application/json',
    // what a browser says of a string without more
    'text/plain;charset=UTF-8',
  ])('is refused as %j, which a form could send', async (type) => {
    expect(await refusal(shell().post('/api/decide', '{}', { 'content-type': type }))).toBe('415 NotJson');
  });
});

describe('the method', () => {
  test.each(['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'HEAD'])('%s is none below /api', async (method) => {
    const { bare, cookie } = shell();
    const answer = await bare('/api/deployment', { method, headers: { cookie, origin: ORIGIN } });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(await answer.text()).toMatch(method === 'HEAD' ? /^$/ : /MethodNotAllowed/);
  });

  test.each(['OPTIONS', 'POST', 'PUT', 'DELETE'])('%s is none of the page', async (method) => {
    const { bare } = shell();
    const headers = { origin: ORIGIN, 'content-type': 'application/json' };
    const answer = await bare('/', { method, headers });
    expect([answer.status, answer.headers.get('allow'), await codeOf(answer)]).toEqual([
      405,
      'GET, HEAD',
      'MethodNotAllowed',
    ]);
  });

  test('HEAD is answered for the page as GET is, without a body', async () => {
    const answer = await shell().bare('/', { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '',
    ]);
  });
});
