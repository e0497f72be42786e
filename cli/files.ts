import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import type { Instant } from '../core/instant.ts';
import { quote } from '../core/text.ts';
import { CliError } from './cli-error.ts';
import { Exit } from './exit.ts';

/** What is known of a file without reading it. */
export interface FileInfo {
  readonly bytes: number;
  readonly modifiedAt: Instant;
}

/** A file that grows. */
export interface GrowingFile {
  /** Bytes in it by now. */
  readonly bytes: number;
  write(text: string): Promise<void>;
  /** Sees to it that what was written survives a crash. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A file that is seen under its name only once it is whole. */
export interface WholeFile {
  write(text: string): Promise<void>;
  /** Gives it its name. */
  finish(): Promise<void>;
  /** Leaves nothing behind; harmless after {@link finish}. */
  discard(): Promise<void>;
}

/** The file system as commands write to it: for the owner's eyes only, because there are addresses in it. */
export interface Files {
  /** @returns undefined if there is no such file, or it is no plain one */
  info(path: string): Promise<FileInfo | undefined>;
  /** @returns undefined if there is no such file */
  read(path: string): Promise<string | undefined>;
  /** Puts `text` in the file's place, at once and for good. */
  replace(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** @param keep - bytes of what is there that stay */
  grow(path: string, keep: number): Promise<GrowingFile>;
  whole(path: string): Promise<WholeFile>;
}

const OWNER_ONLY = 0o600;

const isMissing = (fault: unknown): boolean => (fault as { code?: string }).code === 'ENOENT';

const writeFault = (path: string, fault: unknown): CliError =>
  new CliError(
    'FileUnwritable',
    `${quote(path)} cannot be written (${(fault as { code?: string }).code ?? String(fault)})`,
    'Give a path in a folder that exists and that you may write to, with room for it.',
    Exit.USAGE,
    { cause: fault },
  );

const writing = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (fault) {
    throw writeFault(path, fault);
  }
};

const draftOf = (path: string): string => `${path}.${process.pid}.tmp`;

/** What has no place for a file: a folder, or a device, which the file would be put in the place of. */
const checkPlain = async (path: string): Promise<void> => {
  const found = await stat(path).catch((fault: unknown) => {
    if (isMissing(fault)) return undefined;
    throw fault;
  });
  if (found !== undefined && !found.isFile())
    throw Object.assign(new Error(), { code: found.isDirectory() ? 'EISDIR' : 'it is no plain file' });
};

const whole = async (path: string): Promise<WholeFile> => {
  const draft = draftOf(path);
  const file = await writing(path, async () => {
    await checkPlain(path);
    await rm(draft, { force: true });
    return open(draft, 'wx', OWNER_ONLY);
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    write: (text) => writing(path, () => file.appendFile(text)),
    finish: () =>
      writing(path, async () => {
        await file.sync();
        await close();
        await rename(draft, path);
      }),
    discard: async () => {
      await close();
      await rm(draft, { force: true });
    },
  };
};

/** The real file system. Faults of writing are told for people. */
export const realFiles: Files = {
  async info(path) {
    try {
      const found = await stat(path);
      return found.isFile() ? { bytes: found.size, modifiedAt: Math.floor(found.mtimeMs / 1000) * 1000 } : undefined;
    } catch {
      return undefined;
    }
  },
  async read(path) {
    try {
      return await readFile(path, 'utf8');
    } catch (fault) {
      if (isMissing(fault)) return undefined;
      throw writeFault(path, fault);
    }
  },
  async replace(path, text) {
    const file = await whole(path);
    try {
      await file.write(text);
      await file.finish();
    } finally {
      await file.discard();
    }
  },
  remove: (path) => writing(path, () => rm(path, { force: true })),
  async grow(path, keep) {
    const file = await writing(path, () => open(path, keep === 0 ? 'w' : 'r+', OWNER_ONLY));
    await writing(path, async () => {
      const { size } = await file.stat();
      if (size < keep) throw Object.assign(new Error(), { code: `${keep - size} bytes of it are gone` });
      await file.chmod(OWNER_ONLY);
      await file.truncate(keep);
    }).catch(async (fault: unknown) => {
      await file.close();
      throw fault;
    });
    let bytes = keep;
    return {
      get bytes() {
        return bytes;
      },
      write: (text) =>
        writing(path, async () => {
          const all = Buffer.from(text);
          for (let from = 0; from < all.length; ) {
            const { bytesWritten } = await file.write(all, from, all.length - from, bytes);
            from += bytesWritten;
            bytes += bytesWritten;
          }
        }),
      sync: () => writing(path, () => file.datasync()),
      close: () => file.close(),
    };
  },
  whole,
};
