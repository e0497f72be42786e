import type { Explored } from './explore.ts';
import { type Program, siteName } from './program.ts';
import { UNREACHED } from './unreached.ts';

/**
 * The functions of which every site is passed or named. The queue function sends with the same code as the send function:
 * it is crashed wherever its scenarios come, with no claim that they come everywhere.
 */
const COMPLETE: readonly string[] = ['feedback', 'send'];

/** How many of the sites of a function are passed. */
export interface Coverage {
  readonly program: string;
  /** The project's own files in its bundle. */
  readonly files: number;
  readonly sites: number;
  readonly passed: number;
  /** Sites that no scenario passes, each with its reason. */
  readonly unreached: readonly { readonly site: string; readonly why: string }[];
  /** What the list of unreached sites lacks, or holds without need. */
  readonly faults: readonly string[];
}

/** Compares the sites that were passed with those there are, and what is left with the list of those that are named. */
export const coverageOf = (program: Program, explored: readonly Explored[]): Coverage => {
  const passed = new Set(explored.filter((each) => each.program === program.name).flatMap(({ sites }) => sites));
  const unreached: { site: string; why: string }[] = [];
  const faults: string[] = [];
  const needed = new Set<unknown>();
  for (const site of COMPLETE.includes(program.name) ? program.sites : []) {
    if (passed.has(siteName(site))) continue;
    const named = UNREACHED.find(
      ({ programs, file, text }) => programs.includes(program.name) && file === site.file && text === site.text,
    );
    needed.add(named);
    const words = `${program.name} ${site.file}:${site.line} ${site.kind} ${site.text}`;
    if (named === undefined) faults.push(`no scenario passes, and no list names: ${words}`);
    else unreached.push({ site: words, why: named.why });
  }
  for (const named of UNREACHED)
    if (named.programs.includes(program.name) && !needed.has(named))
      faults.push(`listed as never passed by ${program.name}, and passed or gone: ${named.file} ${named.text}`);
  const { name, files, sites } = program;
  const count = sites.filter((site) => passed.has(siteName(site))).length;
  return { program: name, files: files.length, sites: sites.length, passed: count, unreached, faults };
};
