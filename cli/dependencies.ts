import type { Instant } from '../core/instant.ts';
import type { Ledger, RecentList, ScopeList } from '../core/ledger/ledger.ts';
import type { MessageIds } from '../core/messages/message-ids.ts';
import type { Sends } from '../core/messages/sends.ts';
import type { Target } from './deployment/target.ts';
import type { Paint } from './output/paint.ts';

/** Bytes in pieces, as files and pipes bring them. */
export type Bytes = AsyncIterable<Uint8Array>;

/** Where text goes. */
export interface Output {
  /**
   * Comes back when the text is on its way and more may follow.
   *
   * @throws OutputClosed when nobody reads any more
   */
  write(text: string): Promise<void>;
}

/** The suppression list of one deployment, ready to be read. */
export interface OpenedList {
  /** Name of the table. */
  readonly table: string;
  readonly ledger: Ledger & RecentList & ScopeList;
  close(): void;
}

/** What one deployment remembers of its sends, ready to be read. */
export interface OpenedMessages {
  /** Name of the table. */
  readonly table: string;
  readonly sends: Pick<Sends, 'read'>;
  readonly messageIds: Omit<MessageIds, 'remember'>;
  close(): void;
}

/** How far a long command has come, shown to a person at a terminal and to nobody else. */
export interface Progress {
  /** @param total - undefined while nobody knows it */
  show(done: number, total?: number): void;
  /** Takes the line off the terminal. */
  end(): void;
}

/** All that a command touches; the real ones are made in `real-dependencies.ts`. */
export interface Dependencies {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Opened only by a command that reads it. */
  readonly stdin: () => Bytes;
  /** Whether standard input is a person. */
  readonly stdinIsTerminal: boolean;
  readonly now: () => Instant;
  readonly paint: Paint;
  /** @param what - what is counted, as in `rows` */
  readonly progress: (what: string) => Progress;
  /** Who runs the command, as the list remembers it; empty if the system does not say. */
  readonly operator: string;
  /** Faults of the file system come out of the iteration. */
  readonly openFile: (path: string) => Bytes;
  /** @throws CliError what kept it from being found */
  readonly openList: (target: Target) => Promise<OpenedList>;
  /** @throws CliError what kept it from being found */
  readonly openMessages: (target: Target) => Promise<OpenedMessages>;
}
