// Run by the Node under test: imports every bundle given, and says what Lambda would find in it. Plain JavaScript,
// because it runs without the loader that reads TypeScript. Prints one JSON line a bundle.
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) {
  const found = await import(pathToFileURL(file).href).then(
    ({ handler }) => ({
      handler: typeof handler,
      async: handler?.constructor?.name === 'AsyncFunction',
      parameters: handler?.length ?? null,
    }),
    (error) => ({ error: String(error) }),
  );
  process.stdout.write(`${JSON.stringify({ file, ...found })}\n`);
}
// a function's open sockets and timers must not keep this process: Lambda freezes them
process.exit(0);
