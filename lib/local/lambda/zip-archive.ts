/**
 * Unpacks a ZIP archive, as deployment packages are. Stored and deflated entries; neither ZIP64 nor encryption, which Lambda does not take either.
 * Source: PKWARE APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endBytes = 22;
/** The end record may be followed by a comment of that size. */
const maxCommentBytes = 65_535;

/** @throws Error saying what is wrong with the archive */
export function unzip(archivePath: string, folder: string): void {
  const archive = readFileSync(archivePath);
  try {
    for (const entry of entriesOf(archive)) write(entry, folder);
  } catch (error) {
    // Reading behind the end of the buffer, or data that does not inflate.
    throw error instanceof ArchiveError ? error : new ArchiveError(`it is damaged (${(error as Error).message})`);
  }
}

class ArchiveError extends Error {}

interface Entry {
  readonly name: string;
  readonly content: () => Buffer;
}

function* entriesOf(archive: Buffer): Generator<Entry> {
  let at = endOf(archive);
  let count = archive.readUInt16LE(at + 10);
  for (at = archive.readUInt32LE(at + 16); count > 0; count--) {
    if (archive.readUInt32LE(at) !== entrySignature) throw new ArchiveError('it is damaged');
    const isEncrypted = (archive.readUInt16LE(at + 8) & 1) !== 0;
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (isEncrypted || (method !== 0 && method !== 8)) throw new ArchiveError(`"${name}" is encrypted, or packed in a way other than deflate`);
    yield {
      name,
      content: () => {
        const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
        const packed = archive.subarray(start, start + size);
        return method === 0 ? packed : inflateRawSync(packed);
      },
    };
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

/** Where the record stands that ends every archive. */
function endOf(archive: Buffer): number {
  for (let at = archive.length - endBytes; at >= Math.max(0, archive.length - endBytes - maxCommentBytes); at--) if (archive.readUInt32LE(at) === endSignature) return at;
  throw new ArchiveError('it is no ZIP archive');
}

function write({ name, content }: Entry, folder: string): void {
  const path = join(folder, name);
  if (!path.startsWith(folder + sep)) throw new ArchiveError(`"${name}" leads out of it`);
  if (name.endsWith('/')) mkdirSync(path, { recursive: true });
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content());
  }
}
