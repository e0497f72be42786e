/** Structured log lines. An address goes in as its fingerprint only. */
export interface Log {
  info(message: string, fields?: { readonly [field: string]: unknown }): void;
  warn(message: string, fields?: { readonly [field: string]: unknown }): void;
  error(message: string, fields?: { readonly [field: string]: unknown }): void;
}
