import { createRequire } from 'node:module';

// commander is CommonJS; bundled into an ES module it asks a global `require` for Node's own modules
globalThis.require ??= createRequire(import.meta.url);
