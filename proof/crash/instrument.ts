import { parseSync } from '@swc/core';

/** How a function lets go of the processor: it waits for a promise, hands one on, or hangs something behind one. */
export type SiteKind = 'await' | 'return' | 'chain';

/** A place in the source where a function may never go on. */
export interface Site {
  /** Path from the root of the project. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** In bytes from the beginning of the file: with it, the name of the site. */
  readonly at: number;
  readonly kind: SiteKind;
  /** What is waited for, as the source has it, on one line. */
  readonly text: string;
}

/** Source with every site wrapped, and the sites, the first of which has the number `first`. */
export interface Instrumented {
  readonly code: string;
  readonly sites: readonly Site[];
}

interface Node {
  readonly type?: string;
  readonly span?: { readonly start: number; readonly end: number };
  readonly [field: string]: unknown;
}

/** Parsed in front of each file: where it starts is where the spans of the file count from. */
const SENTINEL = '0;';
const CHAINS = new Set(['then', 'catch', 'finally']);
/** Bodies that are not those of the function around them, and never asynchronous. */
const PLAIN_BODIES = new Set(['Constructor', 'GetterProperty', 'SetterProperty', 'StaticBlock']);
const CALLS = new Set(['CallExpression', 'ConditionalExpression', 'BinaryExpression']);
const TEXT_CHARS = 72;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** An expression without the parentheses and types around it. */
const bare = (node: Node): Node =>
  ['ParenthesisExpression', 'TsAsExpression', 'TsSatisfiesExpression', 'TsNonNullExpression'].includes(node.type ?? '')
    ? bare(node.expression as Node)
    : node;

/** What an asynchronous function returns that may be a promise: whatever comes of a call. */
const mayBePromise = (node: unknown): node is Node => isNode(node) && CALLS.has(bare(node).type ?? '');

type Found = (kind: SiteKind, operand: Node) => void;

const visit = (node: unknown, isAsync: boolean, found: Found): void => {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, isAsync, found);
    return;
  }
  if (!isNode(node)) return;
  let inside = isAsync;
  if (typeof node.async === 'boolean' && 'body' in node) {
    inside = node.async;
    const body = node.body as Node | undefined;
    if (node.async && body?.type !== 'BlockStatement' && mayBePromise(body)) found('return', body);
  } else if (PLAIN_BODIES.has(node.type ?? '')) inside = false;
  switch (node.type) {
    case 'AwaitExpression':
      found('await', node.argument as Node);
      break;
    case 'ReturnStatement':
      if (inside && mayBePromise(node.argument)) found('return', node.argument);
      break;
    case 'ForOfStatement':
      if (node.await === true) throw new Error('for await: teach the crash injection about it first');
      break;
    case 'CallExpression': {
      const callee = node.callee as Node;
      const name = callee.type === 'MemberExpression' ? (callee.property as Node).value : undefined;
      if (typeof name === 'string' && CHAINS.has(name)) found('chain', callee.object as Node);
      break;
    }
  }
  for (const value of Object.values(node)) if (typeof value === 'object') visit(value, inside, found);
};

/**
 * Wraps whatever a function waits for, so that a run can end there: `await X` becomes `await __after(__at(7), X)`, in
 * which `__at` is called before `X` is evaluated and `__after` gets what came of it. So are wrapped what an asynchronous
 * function returns from a call, and the promise in front of `.then`, `.catch` and `.finally`.
 *
 * @param file - path from the root of the project
 * @param first - number of the first site
 * @throws Error for `for await`, which is not wrapped
 * @example instrument('a.ts', 'const f = async () => { await g(); };', 7).code
 *   // 'const f = async () => { await __after(__at(7), g()); };'
 */
export const instrument = (file: string, source: string, first: number): Instrumented => {
  const { body } = parseSync(`${SENTINEL}${source}`, { syntax: 'typescript', target: 'es2022' });
  const bytes = Buffer.from(source);
  const base = ((body[0] as unknown as Node).span?.start ?? 0) + SENTINEL.length;
  const found: { readonly kind: SiteKind; readonly start: number; readonly end: number }[] = [];
  visit(body.slice(1), false, (kind, { span }) => {
    if (span === undefined) throw new Error(`${file}: an expression without a place`);
    found.push({ kind, start: span.start - base, end: span.end - base });
  });
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const sites = found.map(({ kind, start, end }): Site => {
    const text = bytes.subarray(start, end).toString().replace(/\s+/g, ' ');
    const line = bytes.subarray(0, start).toString().split('\n').length;
    return { file, line, at: start, kind, text: text.length > TEXT_CHARS ? `${text.slice(0, TEXT_CHARS)}…` : text };
  });
  const edits = found.flatMap(({ start, end }, i) => [
    // Of what starts at one place the outer comes first; of what ends at one, the inner.
    { at: start, rank: i, text: `__after(__at(${first + i}), ` },
    { at: end, rank: -1 - i, text: ')' },
  ]);
  edits.sort((a, b) => a.at - b.at || a.rank - b.rank);
  const parts: Buffer[] = [];
  let done = 0;
  for (const { at, text } of edits) {
    parts.push(bytes.subarray(done, at), Buffer.from(text));
    done = at;
  }
  parts.push(bytes.subarray(done));
  return { code: Buffer.concat(parts).toString(), sites };
};
