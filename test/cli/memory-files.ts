import type { FileInfo, Files, GrowingFile, WholeFile } from '../../cli/files.ts';

/** Files in memory, for commands that write some. */
export class MemoryFiles implements Files {
  /** What is in them, by path. */
  readonly contents: Map<string, string>;
  /** When each was last changed; a fixed moment for all. */
  modifiedAt = Date.UTC(2026, 9, 1);
  /** Called with every path that is replaced. */
  onReplace: (path: string) => void = () => undefined;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.contents = new Map(Object.entries(files));
  }

  async info(path: string): Promise<FileInfo | undefined> {
    const text = this.contents.get(path);
    return text === undefined ? undefined : { bytes: Buffer.byteLength(text), modifiedAt: this.modifiedAt };
  }

  async read(path: string): Promise<string | undefined> {
    return this.contents.get(path);
  }

  async replace(path: string, text: string): Promise<void> {
    this.contents.set(path, text);
    this.onReplace(path);
  }

  async remove(path: string): Promise<void> {
    this.contents.delete(path);
  }

  async grow(path: string, keep: number): Promise<GrowingFile> {
    const { contents } = this;
    const known = Buffer.from(contents.get(path) ?? '');
    contents.set(path, known.subarray(0, keep).toString());
    return {
      get bytes() {
        return Buffer.byteLength(contents.get(path) ?? '');
      },
      write: async (text) => {
        contents.set(path, `${contents.get(path) ?? ''}${text}`);
      },
      sync: async () => undefined,
      close: async () => undefined,
    };
  }

  async whole(path: string): Promise<WholeFile> {
    let draft = '';
    return {
      write: async (text) => {
        draft += text;
      },
      finish: async () => {
        this.contents.set(path, draft);
      },
      discard: async () => undefined,
    };
  }
}
