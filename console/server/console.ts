import type { Hono } from 'hono';
import type { Dependencies } from '../../cli/dependencies.ts';
import type { Target } from '../../cli/deployment/target.ts';
import type { Desk } from './desk.ts';
import type { Feed } from './feed/feed.ts';

/** All that the routes of the console work with. */
export interface Console {
  /** What the commands work with; what they open stays open. */
  readonly deps: Dependencies;
  readonly target: Target;
  readonly feed: Feed;
  /** On a local cloud only. */
  readonly desk?: Desk;
}

/** Adds the routes of one part of the console, below `/api`. They throw `CliError`s, or what AWS threw. */
export type AddRoutes = (api: Hono, console: Console) => void;
