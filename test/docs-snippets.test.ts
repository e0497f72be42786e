import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { domainToASCII } from 'node:url';
import { transformSync } from '@swc/core';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseAddress } from '../core/address/address.ts';
import * as constructs from '../lib/index.ts';
import { BUNDLES_CONTEXT } from '../lib/index.ts';
import { placeholderBundles } from './lib/harness.ts';

const ROOT = resolve(__dirname, '..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/** The code blocks of a document in one language. */
const blocks = (name: string, language: string): string[] =>
  [...read(name).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'snippets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the key of an address in other languages', () => {
  const [python = ''] = blocks('docs/from-other-code.md', 'python');
  const [php = ''] = blocks('docs/from-other-code.md', 'php');

  const KEYS = [
    'pat@target.example',
    ' PAT@Target.Example ',
    "o'neil+tag.x@sub.target.example.",
    `${'l'.repeat(64)}@target.example`,
    `x@${'d'.repeat(63)}.example`,
    'x@a_b.example',
    'x@1.2.3.example',
    'x@r3---sn.example',
    'x@XN--STRAE-OQA.example',
  ];
  const NOT_ASCII = [
    'x@bücher.example',
    'x@BÜCHER.example',
    'x@straße.example',
    'x@faß.straße.example.',
    'x@日本。example',
  ];
  const NO_KEYS = [
    '',
    'x',
    'x@',
    '@target.example',
    'a..b@t.example',
    '.a@t.example',
    'a.@t.example',
    'a b@t.example',
    'a,b@t.example',
    'x@exa mple.com',
    'x@localhost',
    'x@[1.2.3.4]',
    'x@1.2.3.4',
    'x@t.0x1f',
    'x@t..example',
    'x@t.example..',
    'x@-t.example',
    'x@t-.example',
    'x@t.example\n',
    'x@t.example\t',
    'x@y@t.example',
    'y@t.example, x@t.example',
    'Pat <x@t.example',
    '\u212aelvin@t.example',
    `${'l'.repeat(65)}@target.example`,
    `x@${'d'.repeat(64)}.example`,
    `x@${'d.'.repeat(130)}example`,
  ];
  const keyOf = (address: string): string | null => {
    const parsed = parseAddress(address);
    return parsed.ok ? parsed.value : null;
  };

  test('the table of addresses says what the parser says', () => {
    expect([...KEYS, ...NOT_ASCII].map(keyOf)).not.toContain(null);
    expect(NO_KEYS.filter((address) => keyOf(address) !== null)).toEqual([]);
    expect(keyOf('x@straße.example')).toBe('x@xn--strae-oqa.example');
  });

  const pattern = (code: string, shape: RegExp): string => shape.exec(code)?.[1] ?? '';
  const inPython = (name: string): string => pattern(python, new RegExp(`^${name} = re\\.compile\\(r"(.+)"\\)$`, 'm'));
  const inPhp = (name: string): string =>
    pattern(php, new RegExp(`^const ${name} = '@\\^(.+)\\$@D';$`, 'm')).replaceAll("\\'", "'");

  test.each(['LOCAL', 'DOMAIN'])('both languages have the same %s', (name) => {
    expect(inPython(name)).not.toBe('');
    expect(inPhp(name)).toBe(inPython(name));
  });

  test('the regular expressions take what has a key, and nothing else', () => {
    const local = new RegExp(`^(?:${inPython('LOCAL')})$`);
    const domain = new RegExp(`^(?:${inPython('DOMAIN')})$`);
    // The steps of both snippets, with a domainToASCII of the same standard as theirs.
    const key = (address: string): string | null => {
      const bare = address.replace(/^ +| +$/g, '');
      const at = Math.max(bare.lastIndexOf('@'), 0);
      const host = bare.slice(at + 1).replace(/\.$/, '');
      const labels = (/\P{ASCII}|xn--/iu.test(host) ? domainToASCII(host) : host).toLowerCase();
      return local.test(bare.slice(0, at)) && domain.test(labels)
        ? `${bare.slice(0, at).toLowerCase()}@${labels}`
        : null;
    };
    const all = [...KEYS, ...NOT_ASCII, ...NO_KEYS];
    expect(all.map(key)).toEqual(all.map(keyOf));
  });

  test('both ask for UTS 46, non-transitional', () => {
    expect(python).toContain('idna.encode(domain, uts46=True)');
    expect(python).not.toContain('encode("idna")');
    expect(php).toContain('IDNA_NONTRANSITIONAL_TO_ASCII, INTL_IDNA_VARIANT_UTS46');
    expect(php).not.toContain('IDNA_DEFAULT');
  });

  /** Runs the Python snippet on the addresses of standard input; without the package idna, its module knows no domain. */
  const HARNESS = `
import json, sys, types
sys.modules["boto3"] = types.SimpleNamespace(resource=lambda name: None)
try:
    import idna
except ImportError:
    idna = None
    def encode(domain, uts46):
        raise ValueError("idna is not installed")
    sys.modules["idna"] = types.SimpleNamespace(encode=encode)
snippet = {}
exec(open(sys.argv[1]).read(), snippet)
def key(address):
    try:
        return snippet["address_key"](address)
    except ValueError:
        return None
print(json.dumps({"idna": idna is not None, "keys": [key(address) for address in json.load(sys.stdin)]}))
`;
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  const title = hasPython
    ? 'the Python snippet makes the keys that the parser makes'
    : 'python3 is not installed, so the Python snippet does not run here: it names every step that was checked above';

  test(title, () => {
    const steps = [
      '.strip(" ").rpartition("@")',
      '.removesuffix(".")',
      'LOCAL.fullmatch(local)',
      'DOMAIN.fullmatch(domain)',
    ];
    for (const step of steps) expect(python).toContain(step);
    if (!hasPython) return;
    const file = join(folder, 'snippet.py');
    writeFileSync(file, python);
    const all = [...KEYS, ...NOT_ASCII, ...NO_KEYS];
    const { idna, keys } = JSON.parse(
      execFileSync('python3', ['-c', HARNESS, file], { input: JSON.stringify(all), encoding: 'utf8' }),
    );
    const isAsked = (address: string) => idna || !/\P{ASCII}|xn--/iu.test(address);
    const made = all.map((address, i) => [address, keys[i]]).filter(([address]) => isAsked(address));
    expect(made).toEqual(all.filter(isAsked).map((address) => [address, keyOf(address)]));
  });
});

describe('the TypeScript in the documents', () => {
  const DOCUMENTS = ['docs/from-other-code.md', 'docs/queue.md', 'docs/configuration.md'];

  test('compiles as it stands, under strict', () => {
    const files = DOCUMENTS.flatMap((name) => blocks(name, 'ts'));
    expect(files.length).toBeGreaterThanOrEqual(4);
    mkdirSync(join(folder, 'ts'));
    for (const [i, code] of files.entries()) writeFileSync(join(folder, 'ts', `${i}.mts`), code);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'ts', 'node_modules'));
    const config = {
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: 'ES2023',
        lib: ['ES2023', 'ES2024.String'],
        module: 'nodenext',
        types: ['node'],
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        paths: {
          'ses-suppressor': [join(ROOT, 'adapters/index.ts')],
          'ses-suppressor/cdk': [join(ROOT, 'lib/index.ts')],
        },
      },
      include: ['*.mts'],
    };
    writeFileSync(join(folder, 'ts', 'tsconfig.json'), JSON.stringify(config));
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    const { stdout } = spawnSync(tsc, ['--project', join(folder, 'ts')], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  test("makes a stack of one's own with every part of it", () => {
    const [code = ''] = blocks('docs/configuration.md', 'ts').filter((each) => each.includes('new App()'));
    const { code: common } = transformSync(code, {
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    process.env.CDK_CONTEXT_JSON = JSON.stringify({ [BUNDLES_CONTEXT]: placeholderBundles() });
    try {
      const resolved = (name: string) => (name === 'ses-suppressor/cdk' ? constructs : require(name));
      const stack: Stack = new Function('require', 'exports', `${common}; return stack;`)(resolved, {});
      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::DynamoDB::GlobalTable', 2);
      template.resourceCountIs('AWS::SES::ConfigurationSet', 1);
      template.hasOutput('TableName', {});
    } finally {
      delete process.env.CDK_CONTEXT_JSON;
    }
  });
});
