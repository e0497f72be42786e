/** A mail to the people on call. */
export interface Notice {
  /** Printable ASCII, 99 characters at the most. */
  readonly subject: string;
  readonly text: string;
}

/** Where people on call are told. */
export interface Notices {
  /** @throws when it is not certain that the notice is on its way */
  publish(notice: Notice): Promise<void>;
}
