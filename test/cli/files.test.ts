import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realFiles as files } from '../../cli/files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

test('shows a whole file only when it is finished, to its owner only', async () => {
  const file = await files.whole(at('list.csv'));
  await file.write('a');
  await file.write('b');
  expect(await files.info(at('list.csv'))).toBeUndefined();
  await file.finish();
  await file.discard();
  expect(await readFile(at('list.csv'), 'utf8')).toBe('ab');
  expect(await modeOf(at('list.csv'))).toBe(0o600);
  expect(await readdir(folder)).toEqual(['list.csv']);
});

test('leaves nothing of a file that is given up, and keeps the one before', async () => {
  await files.replace(at('list.csv'), 'before');
  const file = await files.whole(at('list.csv'));
  await file.write('half');
  await file.discard();
  expect(await files.read(at('list.csv'))).toBe('before');
  expect(await readdir(folder)).toEqual(['list.csv']);
});

test('replaces, reads and removes', async () => {
  expect(await files.read(at('position'))).toBeUndefined();
  await files.replace(at('position'), '1');
  await files.replace(at('position'), '2');
  expect(await files.read(at('position'))).toBe('2');
  expect(await files.info(at('position'))).toMatchObject({ bytes: 1 });
  await files.remove(at('position'));
  await files.remove(at('position'));
  expect(await readdir(folder)).toEqual([]);
});

test('grows a file from the bytes that are to stay', async () => {
  const first = await files.grow(at('rejects.csv'), 0);
  await first.write('head\n');
  await first.sync();
  const kept = first.bytes;
  await first.write('ä lost\n');
  expect(first.bytes).toBe(kept + 8);
  await first.close();
  const second = await files.grow(at('rejects.csv'), kept);
  await second.write('more\n');
  await second.close();
  expect(await readFile(at('rejects.csv'), 'utf8')).toBe('head\nmore\n');
  expect(await modeOf(at('rejects.csv'))).toBe(0o600);
});

test('knows a folder for no file', async () => {
  expect(await files.info(folder)).toBeUndefined();
});

test('puts no file in the place of a folder or a device', async () => {
  await symlink('/dev/null', at('null'));
  for (const path of [folder, at('null')])
    await expect(files.whole(path)).rejects.toMatchObject({ code: 'FileUnwritable', exit: 2 });
  expect(await readdir(folder)).toEqual(['null']);
});

test('makes no file longer than it was, and one that was open to others its owner’s', async () => {
  await writeFile(at('rejects.csv'), 'short', { mode: 0o644 });
  await expect(files.grow(at('rejects.csv'), 9)).rejects.toMatchObject({
    code: 'FileUnwritable',
    message: expect.stringContaining('4 bytes of it are gone'),
  });
  await (await files.grow(at('rejects.csv'), 0)).close();
  expect(await modeOf(at('rejects.csv'))).toBe(0o600);
});

test('says what cannot be written', async () => {
  await writeFile(at('plain'), '');
  const fault = { code: 'FileUnwritable', exit: 2 };
  await expect(files.whole(at('missing/list.csv'))).rejects.toMatchObject(fault);
  await expect(files.replace(at('missing/x'), 'x')).rejects.toMatchObject(fault);
  await expect(files.grow(at('plain/x'), 0)).rejects.toMatchObject(fault);
});
