/** Which deployment a command is about, as the options say. */
export interface Target {
  readonly stack: string;
  /** Goes before the stack. */
  readonly table?: string;
  /** Name of the table that remembers sends; goes before the stack. */
  readonly messagesTable?: string;
  /** Absent: as the AWS SDK finds it. */
  readonly region?: string;
  /** The lambda address of a local cloud; goes before everything else. */
  readonly endpoint?: string;
}

/** The name a stack has unless the configuration says otherwise. */
export const DEFAULT_STACK = 'Suppressor';
