import * as v from 'valibot';
import { DAY, type Instant, parseInstant, toIso } from '../instant.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';

/** A key that signs links. */
export interface SigningKey {
  /** Travels in every link, 1 to 16 of the characters A-Z a-z 0-9 _ - */
  readonly id: string;
  /** Random text, 32 characters or more. */
  readonly key: string;
}

/** A key that signs nothing new; the links it signed are good until then. */
export interface RetiredKey extends SigningKey {
  readonly until: Instant;
}

/** All keys of a deployment, as its secret holds them. */
export interface SigningKeys {
  readonly current: SigningKey;
  readonly retired: readonly RetiredKey[];
}

/** Days that a link stays good after the key that signed it was replaced: 60 is the least that may be promised. */
export const RETIRED_DAYS = 90;
/** Retired keys that a secret may hold: the secret has room for them, and one rotation a day never needs more. */
const MAX_RETIRED = 100;

const schema = () => {
  const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,16}$/));
  const key = v.pipe(v.string(), v.minLength(32), v.maxLength(256));
  const until = v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const at = parseInstant(dataset.value);
      if (at !== undefined) return at;
      addIssue({ message: 'no ISO 8601 time' });
      return NEVER;
    }),
  );
  return v.object({
    id,
    key,
    retired: v.optional(v.pipe(v.array(v.object({ id, key, until })), v.maxLength(MAX_RETIRED)), []),
  });
};

const unreadable = fail({
  code: 'KeysUnreadable' as const,
  message:
    'the secret holds no signing keys; expected {"id": …, "key": …, "retired": [{"id": …, "key": …, "until": …}]}: restore its previous version',
});

/**
 * Reads the text of the secret.
 *
 * @returns the keys, or a problem that quotes nothing of the secret
 * @example readKeys('{"id":"first","key":"…"}') // { ok: true, value: { current: { id: 'first', key: '…' }, retired: [] } }
 */
export const readKeys = (text: string): Result<SigningKeys, Problem<'KeysUnreadable'>> => {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return unreadable;
  }
  const parsed = v.safeParse(schema(), raw);
  if (!parsed.success) return unreadable;
  const { id, key, retired } = parsed.output;
  return ok({ current: { id, key }, retired });
};

/** The text of the secret that holds these keys; {@link readKeys} reads it back. */
export const writeKeys = ({ current, retired }: SigningKeys): string =>
  JSON.stringify({ ...current, retired: retired.map((each) => ({ ...each, until: toIso(each.until) })) });

/**
 * Replaces the key that signs. The old one verifies for {@link RETIRED_DAYS} more days; those whose time is over are dropped.
 *
 * @param fresh - a new random key under an id that no other has
 * @returns the keys to store; a problem if as many keys as a secret may hold are still needed
 */
export const rotateKeys = (
  { current, retired }: SigningKeys,
  fresh: SigningKey,
  now: Instant,
): Result<SigningKeys, Problem<'TooManyKeys' | 'KeyIdTaken'>> => {
  const kept = [{ ...current, until: now + RETIRED_DAYS * DAY }, ...retired.filter(({ until }) => until > now)];
  if (kept.some(({ id }) => id === fresh.id))
    return fail({ code: 'KeyIdTaken', message: `a key ${fresh.id} is there already; rotate again` });
  if (kept.length > MAX_RETIRED)
    return fail({
      code: 'TooManyKeys',
      message: `${kept.length} replaced keys still have links to verify, at most ${MAX_RETIRED} may; rotate less often`,
    });
  return ok({ current: fresh, retired: kept });
};
