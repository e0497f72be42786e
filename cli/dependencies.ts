import type { AccountList } from '../core/account-list/account-list.ts';
import type { ImportJobs } from '../core/account-list/import-jobs.ts';
import type { BreakerStore } from '../core/breaker/breaker-store.ts';
import type { AccountStanding, Pausable, Sending } from '../core/breaker/sending.ts';
import type { Policy } from '../core/contract/index.ts';
import type { Instant } from '../core/instant.ts';
import type { EntryRemoval, EntryScan, Ledger, RecentList, ScopeList } from '../core/ledger/ledger.ts';
import type { MessageIds } from '../core/messages/message-ids.ts';
import type { Sends } from '../core/messages/sends.ts';
import type { MetricReader } from '../core/rates/metric-reader.ts';
import type { LetterBox, Letters, Mover, Outbox } from '../core/redrive/letters.ts';
import type { SendAnswer } from '../core/send/answer.ts';
import type { Deployment } from './deployment/deployment.ts';
import type { Target } from './deployment/target.ts';
import type { DoctorPorts } from './doctor/ports.ts';
import type { Files } from './files.ts';
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
  /** What the deployment makes of facts: whatever is written must be derived by it. */
  readonly policy: Policy;
  readonly ledger: Ledger & RecentList & ScopeList & EntryScan & EntryRemoval;
  /** Where it is written, if this is the copy of another Region. */
  readonly home?: string;
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

/** SES's own list of one Region, ready to be read and changed. */
export interface OpenedAccountList {
  readonly list: AccountList;
  close(): void;
}

/** SES's import jobs in one Region, ready to be started. */
export interface OpenedImportJobs {
  readonly jobs: ImportJobs;
  close(): void;
}

/** What of one deployment can be paused, ready to be switched. */
export interface OpenedSwitches {
  /** Name of its default configuration set. */
  readonly configurationSet: string;
  readonly sending: (of: Pausable) => Sending;
  /** What SES lets the account do. */
  readonly standing: () => Promise<AccountStanding>;
  readonly store: BreakerStore;
  close(): void;
}

/** Everything that `doctor` looks at, ready to be asked. */
export interface OpenedDoctor {
  readonly deployment: Pick<Deployment, 'name' | 'local' | 'region' | 'status' | 'output'>;
  readonly ports: DoctorPorts;
  close(): void;
}

/** What became of a request to the send function: its answer, or the error it failed with. */
export type Sent =
  | {
      readonly ok: true;
      readonly status: SendAnswer['status'];
      /** Addresses it left out, and why. */
      readonly suppressed: readonly { readonly address: string; readonly reason: string }[];
    }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly remedy: string };

/** The send function of one deployment, ready to be asked. */
export interface OpenedSender {
  /** Patterns that From must match, as the output `Senders` has them; undefined if the deployment does not say. */
  readonly senders: string | undefined;
  /** @throws CliError what kept it from being asked; the mail may have gone out all the same */
  send(request: object): Promise<Sent>;
  close(): void;
}

/** One dead-letter queue of a deployment, ready to be looked at and emptied. */
export interface OpenedLetters {
  readonly letters: Letters;
  /** Where they are fed back to; undefined: the deployment has no such queue. */
  readonly outbox: Outbox | undefined;
  /** Moves them within SQS; undefined: SQS does not, for this queue. */
  readonly mover: Mover | undefined;
  close(): void;
}

/** What a deployment has counted, ready to be read. */
export interface OpenedMetrics {
  readonly reader: MetricReader;
  /** Name of its default configuration set; undefined: it has none. */
  readonly configurationSet: string | undefined;
  /** Whether feedback of identities comes in too. */
  readonly identities: boolean;
  /** Streams that it counts, each for itself; empty: it counts none. */
  readonly streams: readonly string[];
  close(): void;
}

/** The console, up on this computer alone. */
export interface ServedConsole {
  /** With the token: whoever has it can do there what its owner can. */
  readonly address: string;
  /** Ends it, and every connection to it. */
  stop(): Promise<void>;
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
  /** Files that commands write, and what is known of those they read. */
  readonly files: Files;
  readonly sleep: (millis: number) => Promise<void>;
  /** @throws CliError what kept it from being found */
  readonly openList: (target: Target) => Promise<OpenedList>;
  /** @throws CliError what kept it from being found */
  readonly openMessages: (target: Target) => Promise<OpenedMessages>;
  /** @throws CliError what kept it from being found */
  readonly openLetters: (target: Target, box: LetterBox) => Promise<OpenedLetters>;
  /** @throws CliError what kept it from being found */
  readonly openMetrics: (target: Target) => Promise<OpenedMetrics>;
  /** @throws CliError what kept it from being found */
  readonly openSwitches: (target: Target) => Promise<OpenedSwitches>;
  /**
   * @param region - undefined for the deployment's own
   * @throws CliError what kept it from being found
   */
  readonly openAccountList: (target: Target, region?: string) => Promise<OpenedAccountList>;
  /**
   * @param bucket - in that Region
   * @throws CliError what kept it from being found
   */
  readonly openImportJobs: (target: Target, region: string | undefined, bucket: string) => Promise<OpenedImportJobs>;
  /** @throws CliError what kept it from being found */
  readonly openDoctor: (target: Target) => Promise<OpenedDoctor>;
  /** @throws CliError what kept it from being found */
  readonly openSender: (target: Target) => Promise<OpenedSender>;
  /**
   * Opens the console over a deployment.
   *
   * @param port - 0 takes a free one
   * @param deps - what it works with
   * @throws CliError `ConsoleNotBuilt`, `PORT_TAKEN`, `PORT_REFUSED`
   */
  readonly serveConsole: (target: Target, port: number, deps: Dependencies) => Promise<ServedConsole>;
  /** Comes back when the person had enough: Ctrl-C, or the end of the terminal. */
  readonly interrupted: () => Promise<void>;
}
