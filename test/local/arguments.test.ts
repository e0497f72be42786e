import { parseArguments } from '../../local/arguments.ts';

const parse = (line: string) => parseArguments(line.split(' ').filter((word) => word !== ''));

describe('The arguments of the laptop cloud', () => {
  test('are all optional', () => {
    expect(parse('')).toEqual({ run: { once: false, port: null, json: false, verbose: false, functions: null } });
  });

  test('are taken together', () => {
    expect(parse('--once --port 0 --json --verbose --functions planted')).toEqual({
      run: { once: true, port: 0, json: true, verbose: true, functions: 'planted' },
    });
  });

  test('give help with an example and exit code 0', () => {
    expect(parse('--help')).toEqual({
      exitCode: 0,
      out: expect.stringMatching(/Usage: npm start -- [\s\S]*4580[\s\S]*Example:/),
      err: '',
    });
  });

  test.each([
    ['--nope', '--nope'],
    ['--port', '--port'],
    ['--port x', "'x'"],
    ['--port 65536', "'65536'"],
    ['--port -1', "'-1'"],
    ['--port 1.5', "'1.5'"],
    ['extra', 'too many arguments'],
  ])('are rejected with usage and exit code 2: %s', (line, named) => {
    const parsed = parse(line);
    expect(parsed).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining('Usage: npm start') });
    expect(parsed).toMatchObject({ err: expect.stringContaining(named) });
  });
});
