/**
 * One analyzed field of an index: words to documents, with BM25 scores. MiniSearch holds the words; which words a text has is decided here.
 * Source: https://opensearch.org/docs/latest/analyzers/supported-analyzers/standard/ (Unicode words in lower case, no stemming, no stop words)
 */
import MiniSearch from 'minisearch';

/** OpenSearch's parameters. Source: https://opensearch.org/docs/latest/im-plugin/similarity/ */
const bm25 = { k: 1.2, b: 0.75, d: 0 };

/** Positions between two texts of a list, so that no phrase goes from one into the other. Source: `position_increment_gap`. */
const gap = 100;

const word = /[\p{sc=Han}\p{sc=Hiragana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}])[\p{L}\p{M}\p{N}_])+(?:(?:(?<=\p{L})['’.·](?=\p{L})|(?<=\p{N})['’.,;](?=\p{N}))[\p{L}\p{M}\p{N}_]+)*/gu;

/** Assumed: a regular expression in place of all of Unicode's rules for words; letters, digits, and the signs that may stand inside words and numbers. */
export function wordsOf(text: string): string[] {
  return (text.match(word) ?? []).map((found) => found.toLowerCase());
}

/** Most words that a fuzzy or prefix search may turn into. Source: `max_expansions`. */
export const maxExpansions = 50;

export type Scores = ReadonlyMap<string, number>;

export class TextField {
  private readonly engine = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    tokenize: wordsOf,
    processTerm: (term) => term,
    autoVacuum: false,
    searchOptions: { tokenize: (term) => [term], bm25 },
  });
  /** Document → words by position; the gaps are holes. */
  private readonly words = new Map<string, readonly string[]>();

  put(id: string, texts: readonly string[]): void {
    this.engine.add({ id, text: texts.join('\n') });
    const positions: string[] = [];
    for (const [i, text] of texts.entries()) {
      if (i > 0) positions.length += gap;
      for (const found of wordsOf(text)) positions.push(found);
    }
    this.words.set(id, positions);
  }

  /** @param texts what the document was put with */
  remove(id: string, texts: readonly string[]): void {
    this.engine.remove({ id, text: texts.join('\n') });
    this.words.delete(id);
  }

  /** Documents with one word, by score. @param distance edits that the word may be away */
  find(term: string, distance = 0): Scores {
    // The engine would look for every term that is close to the empty one.
    if (term === '') return new Map();
    return scoresOf(this.engine.search(term, { fuzzy: distance }));
  }

  findPrefix(prefix: string): Scores {
    return prefix === '' ? new Map([...this.words.keys()].map((id) => [id, 1])) : scoresOf(this.engine.search(prefix, { prefix: true }));
  }

  /** The words of a document, each once. */
  wordsIn(id: string): ReadonlySet<string> {
    return new Set(Object.values(this.words.get(id) ?? []));
  }

  /**
   * How often a document holds words one after the other.
   * @param isLastPrefix whether the last one need only begin so
   */
  countPhrase(id: string, phrase: readonly string[], isLastPrefix: boolean): number {
    const positions = this.words.get(id) ?? [];
    const last = phrase.length - 1;
    const fits = (found: string | undefined, i: number) => found !== undefined && (isLastPrefix && i === last ? found.startsWith(phrase[i]!) : found === phrase[i]);
    let count = 0;
    for (let start = 0; start + phrase.length <= positions.length; start++) if (phrase.every((_, i) => fits(positions[start + i], i))) count++;
    return count;
  }
}

function scoresOf(results: readonly { readonly id: unknown; readonly score: number; readonly queryTerms: readonly string[] }[]): Scores {
  return new Map(results.map(({ id, score }) => [id as string, score]));
}
