import * as v from 'valibot';
import type { Dependencies } from '../../cli/dependencies.ts';
import type { Target } from '../../cli/deployment/target.ts';
import type { Feed } from '../../console/server/feed/feed.ts';
import type { FeedLine } from '../../console/server/feed/feed-line.ts';
import { FeedLog, type FeedLogLimits } from '../../console/server/feed/feed-log.ts';
import { feedbackItems } from '../../console/server/feed/feedback-items.ts';
import type { Sleep } from '../../console/server/feed/repeated.ts';
import { watchPulse } from '../../console/server/feed/watch-pulse.ts';
import { WatchedFeed } from '../../console/server/feed/watched-feed.ts';
import { METRIC_DIMENSION, Metric, type Policy, policySchema } from '../../core/contract/index.ts';
import type { Instant } from '../../core/instant.ts';
import type { LocalCloudOptions } from '../cloud.ts';
import { type MetricSink, takeEmbedded } from '../metrics/embedded-metrics.ts';
import { acceptedLine, noticeLine, queuedWithheldLine, setAsideLine } from './other-lines.ts';
import { sendLines } from './send-lines.ts';

export interface LocalFeedOptions {
  /** @default Date.now */
  readonly now?: () => Instant;
  /** @default - 1,000 lines, 32 MB */
  readonly limits?: FeedLogLimits;
  /** @default - by the real clock */
  readonly sleep?: Sleep;
}

/** The feed of a local cloud. */
export interface LocalFeed {
  /** The options of a local cloud, which then tells this feed first and then whoever was to be told. */
  hearing(options: LocalCloudOptions): LocalCloudOptions;
  /**
   * The feed for a console, with counts that are read while somebody listens. When that console closes it, what happens is
   * kept all the same, for the next one.
   */
  feed(deps: Pick<Dependencies, 'openMetrics' | 'now'>, target: Target): Feed;
}

/** Seconds between two readings of the counts. */
const PULSE_EVERY = 5;

/** Calls one after the other. */
const both =
  <A extends readonly unknown[]>(first: (...args: A) => void, second: ((...args: A) => void) | undefined) =>
  (...args: A): void => {
    first(...args);
    second?.(...args);
  };

/**
 * The feed of a local cloud: mails that SES accepts, every message that is published to the feedback topic with what the
 * list makes of it, recipients that a send leaves out, sends that fail, what is set aside, and notices; each as it happens.
 *
 * @example
 * const live = localFeed();
 * const cloud = await startLocalCloud(live.hearing(options));
 * const console = await startConsole({ deps, target, port: 0, feed: (deps) => live.feed(deps, target) });
 */
export const localFeed = ({ now = Date.now, limits, sleep }: LocalFeedOptions = {}): LocalFeed => {
  const log = new FeedLog({ of: 'all', everySeconds: null }, limits);
  const add = (lines: readonly FeedLine[]): void => {
    for (const line of lines) log.add(line);
  };
  const withheld: MetricSink = {
    put: ({ name, dimensions }, value) => {
      if (name === Metric.RECIPIENTS && dimensions?.[METRIC_DIMENSION] === 'suppressed')
        add([queuedWithheldLine(value, now())]);
    },
  };
  return {
    hearing: (options) => {
      const policy: Policy = v.parse(policySchema(), options.policy ?? {});
      return {
        ...options,
        onMail: both((mail) => add([acceptedLine(mail)]), options.onMail),
        onPublished: both(
          ({ message, at }) => add(feedbackItems({ message, at: at.getTime() }, policy, now())),
          options.onPublished,
        ),
        onInvoked: both((name, payload, outcome) => {
          if (name === 'send') add(sendLines(payload, outcome, now()));
        }, options.onInvoked),
        onLog: both((name, line) => {
          if (name === 'queue') takeEmbedded(line, withheld);
        }, options.onLog),
        onParked: both((parked) => add([setAsideLine(parked)]), options.onParked),
        onNotice: both((notice) => add([noticeLine(notice)]), options.onNotice),
      };
    },
    feed: (deps, target) => {
      const pause = sleep === undefined ? {} : { sleep };
      const feed = new WatchedFeed(log);
      watchPulse({ deps, target, log, feed, everySeconds: PULSE_EVERY, simulator: true, ...pause });
      return feed;
    },
  };
};
