/** A message that no retry can mend, set aside with its reason: feedback nobody can read, a request nobody can send. */
export interface DeadLetter {
  /** The message as it arrived, envelope included, so that it can be fed back once the cause is mended. A request has its key. */
  readonly body: string;
  readonly code: string;
  readonly message: string;
}

/** Where dead letters go. */
export interface DeadLetters {
  /** @throws when the letter could not be stored: the record must then be given back, or it would be lost */
  park(letter: DeadLetter): Promise<void>;
}
