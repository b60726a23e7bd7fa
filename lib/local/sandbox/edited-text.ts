/** A text after edits that still knows where each character came from, so that an error in the edited text is reported where the user wrote it. */

export interface Edit {
  /** 0-based offsets into the original text; equal for an insertion. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** 1-based, as V8 and AppSync report. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface EditedText {
  readonly text: string;
  /** The place in the original of a place in `text`; a place inside inserted text gives the character after it. */
  originalPosition(place: Position): Position;
}

/** @param edits in order of `start`; several insertions at one offset keep their order */
export function editText(original: string, edits: readonly Edit[]): EditedText {
  const kept: { readonly from: number; readonly to: number; readonly editedFrom: number }[] = [];
  let text = '';
  let offset = 0;
  for (const edit of edits) {
    kept.push({ from: offset, to: edit.start, editedFrom: text.length });
    text += original.slice(offset, edit.start) + edit.text;
    offset = edit.end;
  }
  kept.push({ from: offset, to: original.length, editedFrom: text.length });
  text += original.slice(offset);

  return {
    text,
    originalPosition(place) {
      const target = offsetAt(text, place);
      let found = kept[0];
      for (const piece of kept) {
        if (piece.editedFrom > target) break;
        found = piece;
      }
      if (found === undefined) return place;
      const inPiece = target - found.editedFrom;
      const next = kept[kept.indexOf(found) + 1];
      const isInserted = inPiece >= found.to - found.from && next !== undefined;
      return positionAt(original, isInserted ? next.from : Math.min(found.from + inPiece, found.to));
    },
  };
}

/** The 1-based position of a 0-based offset. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

function offsetAt(text: string, { line, column }: Position): number {
  let lineStart = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf('\n', lineStart);
    if (next < 0) break;
    lineStart = next + 1;
  }
  return lineStart + column - 1;
}
