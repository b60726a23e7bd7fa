/** One index: documents, the values of their fields, and the words of their text fields. */
import type { Json } from './json';
import { type FieldValue, Mapping } from './mapping';
import { type Scores, TextField } from './text-field';

export interface StoredDocument {
  readonly id: string;
  readonly source: Json;
  readonly version: number;
  readonly sequenceNumber: number;
  readonly values: ReadonlyMap<string, readonly FieldValue[]>;
}

const nothing: Scores = new Map();

export class SearchIndex {
  private readonly stored = new Map<string, StoredDocument>();
  private readonly texts = new Map<string, TextField>();
  private lastSequenceNumber = -1;

  constructor(
    readonly name: string,
    readonly mapping = new Mapping(),
  ) {}

  get size(): number {
    return this.stored.size;
  }

  get documents(): Iterable<StoredDocument> {
    return this.stored.values();
  }

  get(id: string): StoredDocument | undefined {
    return this.stored.get(id);
  }

  /** @throws SearchError when a value does not fit its field; the document before stays */
  put(id: string, source: Json): StoredDocument {
    const values = this.mapping.valuesOf(source, id);
    const before = this.remove(id);
    const document = { id, source, version: (before?.version ?? 0) + 1, sequenceNumber: ++this.lastSequenceNumber, values };
    this.stored.set(id, document);
    for (const [name, texts] of this.textsOf(document)) this.words(name).put(id, texts);
    return document;
  }

  /** @returns what was there */
  delete(id: string): StoredDocument | undefined {
    const before = this.remove(id);
    if (before) this.lastSequenceNumber++;
    return before;
  }

  get sequenceNumber(): number {
    return this.lastSequenceNumber;
  }

  /** The words of a text field; undefined when no document has had any. */
  text(name: string): TextField | undefined {
    return this.texts.get(name);
  }

  /** Documents with a word in a text field. @param distance edits that the word may be away */
  find(field: string, term: string, distance = 0): Scores {
    const text = this.texts.get(field);
    return (distance === 0 ? text?.find(term) : text?.findSimilar(term, distance)) ?? nothing;
  }

  private remove(id: string): StoredDocument | undefined {
    const before = this.stored.get(id);
    if (!before) return undefined;
    for (const [name, texts] of this.textsOf(before)) this.words(name).remove(id, texts);
    this.stored.delete(id);
    return before;
  }

  private *textsOf({ values }: StoredDocument): Generator<readonly [string, readonly string[]]> {
    for (const [name, list] of values) if (this.mapping.field(name)?.type === 'text') yield [name, list.map(String)];
  }

  private words(name: string): TextField {
    let field = this.texts.get(name);
    if (!field) this.texts.set(name, (field = new TextField()));
    return field;
  }
}
