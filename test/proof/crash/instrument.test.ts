import { fatesOf } from '../../../proof/crash/explore.ts';
import { instrument } from '../../../proof/crash/instrument.ts';

const wrapped = (source: string): string => instrument('a.ts', source, 7).code;

describe('instrument', () => {
  it('wraps what is waited for, the outer before the inner', () => {
    expect(wrapped('const f = async () => { await (await g())(); };')).toBe(
      'const f = async () => { await __after(__at(7), (await __after(__at(8), g()))()); };',
    );
  });

  it('wraps what an asynchronous function returns from a call, and no other return', () => {
    expect(wrapped('const f = async () => g();')).toBe('const f = async () => __after(__at(7), g());');
    expect(wrapped('async function f() { return a ? g() : b; }')).toBe(
      'async function f() { return __after(__at(7), a ? g() : b); }',
    );
    for (const source of ['const f = async () => 1;', 'const f = () => g();', 'async () => { const h = () => g(); };'])
      expect(wrapped(source)).toBe(source);
  });

  it('wraps the promise that something is hung behind', () => {
    expect(wrapped('f().catch(g).finally(h);')).toBe('__after(__at(7), __after(__at(8), f()).catch(g)).finally(h);');
  });

  it('tells where each is, whatever letters stand before it', () => {
    const source = '// Größe 漢字 🙂\nconst f = async (x: number) =>\n  await g(\n    x as never,\n  );';
    expect(instrument('a.ts', source, 0).sites).toEqual([
      {
        file: 'a.ts',
        line: 3,
        at: Buffer.from(source.slice(0, source.indexOf('g('))).length,
        kind: 'await',
        text: 'g( x as never, )',
      },
    ]);
    expect(wrapped(source)).toBe(source.replace('g(', '__after(__at(7), g(').replace('  );', '  ));'));
  });

  it('refuses what it cannot wrap', () => {
    expect(() => wrapped('async () => { for await (const x of y) z(x); };')).toThrow('for await');
  });
});

describe('fatesOf', () => {
  it('tries every combination of few requests', () => {
    expect(fatesOf(0)).toEqual([[]]);
    expect(fatesOf(2)).toEqual([[], [0], [1], [0, 1]]);
    expect(fatesOf(3)).toHaveLength(8);
  });

  it('tries none, all, each alone and each missing of many', () => {
    expect(fatesOf(4)).toEqual([[], [0], [1], [2], [3], [1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2], [0, 1, 2, 3]]);
  });
});
