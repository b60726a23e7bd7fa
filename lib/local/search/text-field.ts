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
  /** Word → how many documents hold it. */
  private readonly vocabulary = new Map<string, number>();

  put(id: string, texts: readonly string[]): void {
    this.engine.add({ id, text: texts.join('\n') });
    const positions: string[] = [];
    for (const [i, text] of texts.entries()) {
      if (i > 0) positions.length += gap;
      for (const found of wordsOf(text)) positions.push(found);
    }
    this.words.set(id, positions);
    for (const found of this.wordsIn(id)) this.vocabulary.set(found, (this.vocabulary.get(found) ?? 0) + 1);
  }

  /** @param texts what the document was put with */
  remove(id: string, texts: readonly string[]): void {
    this.engine.remove({ id, text: texts.join('\n') });
    for (const found of this.wordsIn(id)) {
      const others = (this.vocabulary.get(found) ?? 1) - 1;
      if (others === 0) this.vocabulary.delete(found);
      else this.vocabulary.set(found, others);
    }
    this.words.delete(id);
  }

  /** Documents with one word, by score. */
  find(term: string): Scores {
    // The engine would look for every term that is close to the empty one.
    return term === '' ? new Map() : scoresOf(this.engine.search(term));
  }

  /**
   * Documents with a word that is at most so many edits away; the closer, the more it weighs.
   * Source: https://opensearch.org/docs/latest/query-dsl/term/fuzzy/ (at most 50 words; two letters in each other's place are one edit)  |  Assumed: the best word of a document counts
   */
  findSimilar(term: string, distance: number): Scores {
    const close = [...this.vocabulary.keys()].flatMap((word) => {
      const edits = editsBetween(term, word, distance);
      return edits <= distance ? [{ word, edits }] : [];
    });
    const best = new Map<string, number>();
    for (const { word, edits } of close.sort((a, b) => a.edits - b.edits || (a.word < b.word ? -1 : 1)).slice(0, maxExpansions)) {
      const weight = 1 - edits / Math.max(1, Math.min(word.length, term.length));
      for (const [id, score] of this.find(word)) best.set(id, Math.max(best.get(id) ?? 0, score * weight));
    }
    return best;
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

/** Letters that are added, left out, changed, or in each other's place; one more than `most` when there are more than that. */
function editsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, before[j - 2]! + 1);
      row.push(edits);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

function scoresOf(results: readonly { readonly id: unknown; readonly score: number; readonly queryTerms: readonly string[] }[]): Scores {
  return new Map(results.map(({ id, score }) => [id as string, score]));
}
