/**
 * What the page and its server say to each other: types only, so that both may import it. All times are ISO 8601 in UTC,
 * and null stands for "none" or "nobody said". Everything that came from a mail is text and nothing else.
 *
 * Every path is below `/api`. An answer that is not 2xx has a body `{ "error": Problem }`.
 */

/** What went wrong, as a person reads it. */
export interface Problem {
  /** Stable, such as `AccessDenied`. */
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

// GET /api/deployment

/** What the console looks at. */
export interface DeploymentView {
  /** As messages name it: `the stack "Suppressor" (UPDATE_COMPLETE)`. */
  readonly name: string;
  readonly local: boolean;
  readonly region: string | null;
  readonly table: string;
  /** The Region in which the list is written, if this is the copy of another: nothing can be changed here then. */
  readonly home: string | null;
  /** Who acts, as the list will remember it; empty if nobody says. */
  readonly operator: string;
  readonly version: string;
  /** Streams that are counted each for itself. */
  readonly streams: readonly string[];
  /** Whether mails can be sent from here, and what SES delivered be read: on the local cloud only. */
  readonly desk: boolean;
}

// GET /api/feed: server-sent events `item` (FeedItem, with its id), `pulse` (Pulse) and `state` (FeedState)
// GET /api/feed/:id: FeedDetail

/**
 * `accepted`: SES took a mail. `withheld`: a send left recipients out. `failed`: a send failed. `feedback`: what SES said
 * about one recipient. `changed`: an entry of the list changed, where feedback itself cannot be seen. `set-aside`: a
 * message landed in a dead-letter queue. `notice`: a message on the alarm topic.
 */
export type FeedWhat = 'accepted' | 'withheld' | 'failed' | 'feedback' | 'changed' | 'set-aside' | 'notice';

/** One line of what happens. */
export interface FeedItem {
  /** Grows by one; also the id of the server-sent event. */
  readonly id: number;
  readonly at: string;
  readonly what: FeedWhat;
  /** SES's type of feedback, such as `Bounce`. */
  readonly type: string | null;
  /** At most 50 of them. */
  readonly addresses: readonly string[];
  /** How many there are, those that are not in `addresses` too. */
  readonly recipients: number;
  readonly stream: string | null;
  readonly subject: string | null;
  readonly messageId: string | null;
  /** The row of the decision table. */
  readonly rule: string | null;
  /** What it does to the list: `suppress`, `hold`, `strike`, `lift`, `reset`, `none`. */
  readonly effect: string | null;
  readonly reason: string | null;
  readonly scope: string | null;
  readonly until: string | null;
  /** What was found, in a few words; empty if there is nothing to say. */
  readonly finding: string;
}

/** A text as it was, such as the message of SES. */
export interface RawText {
  /** Such as `Message from SES`. */
  readonly title: string;
  readonly kind: 'json' | 'mime' | 'text';
  readonly text: string;
  /** Bytes that were left out at the end. */
  readonly cut: number;
}

/** All that is known of one line. */
export interface FeedDetail {
  readonly item: FeedItem;
  /** In one sentence: what was decided and what it means. */
  readonly sentence: string;
  /** Why, of the rule; null where the sentence says it. */
  readonly because: string | null;
  /** Where the rule comes from. */
  readonly source: string | null;
  /** Oldest first; empty where nothing was kept, and then `lacks` says why. */
  readonly raw: readonly RawText[];
  readonly lacks: string | null;
}

/** What was counted of late; null: nobody counts it, or it cannot be read. */
export interface Pulse {
  readonly minutes: number;
  readonly at: string;
  readonly sent: number | null;
  readonly suppressed: number | null;
  readonly refused: number | null;
  readonly bounces: number | null;
  readonly complaints: number | null;
  readonly deliveries: number | null;
}

/** How the feed stands: what it can show here, and what keeps it from it now. */
export interface FeedState {
  /** `all`: sends and feedback as they happen. `list`: changes of the list, looked for now and then. */
  readonly of: 'all' | 'list';
  /** Seconds between two looks; null where it is told at once. */
  readonly everySeconds: number | null;
  /** The newest item; 0: there is none yet. */
  readonly newest: number;
  readonly problem: Problem | null;
}

// GET /api/list?search&reason&reason&scope&status&since&until&after&limit: ListPage
// GET /api/export?<the same>&format=csv|ndjson: a file

/** One line of the list. */
export interface ListEntry {
  readonly address: string;
  readonly scope: string;
  readonly status: 'suppressed' | 'allowed' | 'watched';
  readonly reason: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly updatedAt: string;
  /** A hold that is over: it no longer blocks. */
  readonly ended: boolean;
}

export interface ListPage {
  readonly entries: readonly ListEntry[];
  /** For `after`; null: there is no more. */
  readonly next: string | null;
  /** Entries of the index that were looked at for this page: a search that finds little ends early, with a `next`. */
  readonly looked: number;
  /** The search was one whole address, which was looked up in every scope, those that are only watched too. */
  readonly exact: boolean;
}

// GET /api/entry?address=: AddressView

/** One piece of evidence. */
export interface EvidenceView {
  readonly id: string;
  readonly at: string;
  readonly rule: string;
  readonly reason: string;
  /** Why the rule decides so. */
  readonly because: string | null;
  readonly source: string | null;
  /** What it is worth today, such as `in force` or `void: an operator removed it 2026-11-24 …`. */
  readonly weight: string;
  readonly inForce: boolean;
  /** Whether it lifts what came before it. */
  readonly lifts: boolean;
  readonly type: string;
  readonly subtype: string | null;
  readonly status: string | null;
  readonly messageId: string | null;
  readonly diagnostic: string | null;
  readonly reported: string | null;
}

export interface EntryView {
  readonly scope: string;
  readonly status: 'suppressed' | 'allowed' | 'watched';
  readonly reason: string | null;
  readonly since: string | null;
  readonly until: string | null;
  /** Whether it keeps mail from being sent now. */
  readonly blocks: boolean;
  /** In one sentence. */
  readonly headline: string;
  readonly evidence: readonly EvidenceView[];
  /** What each does to strikes, such as `older strikes do not count`; empty: nothing any more. */
  readonly deliveries: readonly { readonly at: string; readonly messageId: string; readonly meaning: string }[];
  /** Soft bounces in words: how many count, what the next one brings. */
  readonly strikes: readonly string[];
  readonly operator: {
    readonly action: 'add' | 'allow' | 'remove';
    readonly at: string;
    readonly by: string;
    readonly note: string;
  } | null;
  readonly clearedAt: string | null;
  readonly forgottenAt: string | null;
  /** What would lift it, by reason in force. */
  readonly lifts: readonly { readonly reason: string; readonly words: string }[];
  /** What would end an operator's pin. */
  readonly pinEnds: readonly string[];
  /** It was written under another policy than the deployment has now. */
  readonly otherPolicy: boolean;
  readonly updatedAt: string | null;
  /** When the table may delete it. */
  readonly expiresAt: string | null;
}

export interface AddressView {
  /** The address key. */
  readonly address: string;
  /** Of the mailbox simulator. */
  readonly simulator: boolean;
  readonly entries: readonly EntryView[];
  /** Scopes whose entry could not be read. */
  readonly unreadable: readonly { readonly scope: string; readonly problem: Problem }[];
}

// POST /api/decide: DecideRequest → DecideAnswer

export interface DecideRequest {
  readonly action: 'add' | 'remove' | 'allow';
  readonly address: string;
  /** `*`, a stream or `tenant:NAME`; null with `remove`: every scope. */
  readonly scope: string | null;
  /** Why, 1 to 200 characters. */
  readonly note: string;
  /** With `remove`: leave SES's own list alone. @default false */
  readonly keepSesList?: boolean;
}

export interface DecideAnswer {
  readonly address: string;
  readonly entries: readonly {
    readonly scope: string;
    readonly outcome: string;
    readonly status: string;
    readonly reason: string | null;
    readonly since: string | null;
    readonly until: string | null;
  }[];
  /** What became of it on SES's own lists. */
  readonly ses: readonly {
    readonly region: string;
    readonly kind: 'cleared' | 'closed';
    readonly spellings: readonly string[];
  }[];
  /** Other scopes that still withhold mail. */
  readonly stillWithheld: readonly string[];
}

// POST /api/forget: ForgetRequest → ForgetAnswer

export interface ForgetRequest {
  readonly address: string;
  /** Delete the entries, blocks and all, instead of dropping texts and names. */
  readonly unblock: boolean;
}

export interface ForgetAnswer {
  readonly address: string;
  readonly scopes: readonly string[];
}

// GET /api/rates?hours=: Rates

export interface RatePoint {
  readonly at: string;
  /** Mails of this point alone; null: nothing tells. */
  readonly volume: number | null;
  readonly bounces: number;
  readonly complaints: number;
  /** The same of the 24 hours that end with this point. */
  readonly day: { readonly volume: number | null; readonly bounces: number; readonly complaints: number };
  /** Fractions of that volume; null: there is none. */
  readonly bounceRate: number | null;
  readonly complaintRate: number | null;
}

/** How far up a rate is, against SES's lines. */
export interface RateStanding {
  readonly line: 'fine' | 'half' | 'review' | 'pause';
  /** As a sentence about the rate goes on: `is where SES reviews an account`. */
  readonly says: string;
}

export interface Rates {
  readonly since: string;
  readonly until: string;
  readonly hours: number;
  /** How long one point is. */
  readonly pointSeconds: number;
  /** SES's lines, as fractions. */
  readonly lines: {
    readonly bounces: { readonly review: number; readonly pause: number };
    readonly complaints: { readonly review: number; readonly pause: number };
  };
  readonly points: readonly RatePoint[];
  /** Of the whole window. */
  readonly own: {
    readonly volume: number | null;
    readonly bounces: number;
    readonly complaints: number;
    readonly bounceRate: number | null;
    readonly complaintRate: number | null;
  };
  /** SES's own, as CloudWatch has them. */
  readonly ses: { readonly bounces: number | null; readonly complaints: number | null };
  /** How both stand; null: that rate is unknown. */
  readonly standings: Readonly<
    Record<'own' | 'ses', { readonly bounces: RateStanding | null; readonly complaints: RateStanding | null }>
  >;
  /** Why nothing tells how many mails there were; null: something does. */
  readonly unknown: string | null;
  /** What SES reports of every mail, which the rates are a part of. */
  readonly wired: 'deliveries' | 'sends' | 'neither';
  /** Recipients that were sent to, by stream; empty: no stream is counted. */
  readonly streams: readonly {
    /** `other`: those of no name. */
    readonly stream: string;
    readonly total: number;
    /** One for each of `points`. */
    readonly values: readonly number[];
  }[];
  /** Decisions by rule, most first. */
  readonly feedback: readonly { readonly rule: string; readonly count: number }[];
  /** The same about addresses of the mailbox simulator, which rates leave out as SES does. */
  readonly simulator: readonly { readonly rule: string; readonly count: number }[];
  readonly recipients: { readonly sent: number; readonly suppressed: number; readonly refused: number };
  /** Entries that changed in the window, by reason, most first. */
  readonly list: {
    readonly entries: number;
    readonly complete: boolean;
    readonly byReason: readonly { readonly reason: string; readonly count: number }[];
  };
}

// GET /api/health?fresh=1: Health; without `fresh` an answer of the last minute will do

export interface FindingView {
  readonly check: string;
  readonly group: string;
  readonly status: 'ok' | 'wrong' | 'note' | 'unknown' | 'not-checked-locally';
  /** What was looked at: an identity, a queue, a table, or the end of an ARN. */
  readonly about: string;
  readonly message: string;
  readonly fix: string | null;
  /** Commands in `fix`, word for word. */
  readonly commands: readonly string[];
}

export interface Health {
  /** When it was looked at. */
  readonly at: string;
  /** All of it in one sentence; `unknown`: nothing wrong was found, but not everything could be looked at. */
  readonly summary: { readonly standing: 'good' | 'unknown' | 'bad'; readonly head: string; readonly rest: string };
  /** In the order of the report, group by group. */
  readonly findings: readonly FindingView[];
}

// GET /api/queues: Queues; POST /api/queues/look: { box } → BoxLook; POST /api/queues/redrive: { box, code } → Redriven

export type Box = 'feedback' | 'undelivered' | 'sends' | 'failed-sends';

export interface Queues {
  readonly at: string;
  readonly boxes: readonly {
    readonly box: Box;
    /** Such as `Feedback that could not be applied`. */
    readonly title: string;
    /** About how many letters it holds; null: this deployment has no such queue, or, with a `problem`, it cannot be read. */
    readonly depth: number | null;
    readonly problem: Problem | null;
    /** Where letters go back to; null: there is no such queue here. */
    readonly destination: string | null;
    /** What to do where there are letters and no `destination`. */
    readonly noDestination: string | null;
  }[];
}

export interface BoxLook {
  readonly box: Box;
  readonly depth: number;
  readonly letters: number;
  readonly complete: boolean;
  readonly causes: readonly {
    readonly code: string;
    readonly letters: number;
    /** Of these, how many can be fed back. */
    readonly goes: number;
    /** Why the others cannot. */
    readonly stays: readonly string[];
    readonly oldest: string | null;
    readonly example: string;
  }[];
}

export interface RedriveRequest {
  readonly box: Box;
  /** Only letters with this cause; null: all. */
  readonly code: string | null;
}

export interface Redriven {
  readonly moved: number;
  readonly stayed: readonly { readonly why: string; readonly letters: number }[];
  /** Where no letter was to be seen: about how many there are all the same, as somebody else looks at them. */
  readonly hidden: number;
}

// The desk, on a local cloud only.
// GET /api/desk: DeskView; POST /api/desk/send: a send request as the send function takes it → SentView
// GET /api/inbox: InboxView; GET /api/inbox/:messageId: LetterView; GET /api/inbox/:messageId/html: its HTML, sandboxed

export interface DeskView {
  /** Whom the examples send as. */
  readonly from: string;
  /** The stream of the example. */
  readonly stream: string;
  /** Addresses of the mailbox simulator, and what each does. */
  readonly simulator: readonly { readonly address: string; readonly what: string }[];
  /** Bytes that a request may have as JSON. */
  readonly mostBytes: number;
  /** Where the send function takes requests from other programs. */
  readonly invoke: string;
}

/** What the send function answered, whole. */
export type SentView =
  | { readonly ok: true; readonly messageId: string | null; readonly status: string; readonly answer: RawText }
  | { readonly ok: false; readonly problem: Problem; readonly answer: RawText };

export interface InboxView {
  /** Newest first, at most 200. */
  readonly mails: readonly {
    readonly messageId: string;
    readonly at: string;
    readonly from: string;
    readonly recipients: readonly string[];
    readonly subject: string;
    readonly stream: string | null;
    readonly bytes: number;
  }[];
  /** Mails that SES accepted since the start. */
  readonly accepted: number;
}

export interface LetterView {
  readonly messageId: string;
  /** The Message-ID that recipients see. */
  readonly messageIdHeader: string;
  readonly at: string;
  readonly recipients: readonly string[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string | null;
  /** Characters of the text that were left out at the end. */
  readonly textCut: number;
  /** Whether `/api/inbox/:messageId/html` has something. */
  readonly hasHtml: boolean;
  /** Why the parts of the mail could not be read: then there is its source alone. */
  readonly lacks: string | null;
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly bytes: number }[];
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly source: RawText;
}
