declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** An in-memory DynamoDB behind an HTTP server that is not listening yet. */
  export default function dynalite(options?: {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
    maxItemSizeKb?: number;
    path?: string;
  }): Server;
}
