/**
 * Named variables of a statement (`:title`) as PostgreSQL's own (`$1`). Texts, quoted names, comments and dollar quotes are passed over by
 * PostgreSQL's rules, and so are casts (`a::text`). Values never become part of the statement.
 * Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */

export interface NumberedSql {
  readonly text: string;
  /** `names[0]` is the variable that became `$1`. */
  readonly names: readonly string[];
  /** The first `$1` and the like that the statement had itself. */
  readonly ownNumber?: string;
}

/** What may hold a colon that begins no variable, then the variable itself; the first that matches wins. */
const token = new RegExp(
  [
    String.raw`--[^\n]*`,
    // E'…' alone knows backslashes.
    String.raw`(?<![\w$])[eE]'(?:[^'\\]+|\\.|'')*'?`,
    String.raw`'(?:[^']+|'')*'?`,
    String.raw`"(?:[^"]+|"")*"?`,
    String.raw`(?<![\w$])\$(?<tag>(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[^]*?(?:\$\k<tag>\$|$)`,
    String.raw`(?<comment>/\*)`,
    '::',
    String.raw`(?<![\w$])\$(?<number>\d+)`,
    String.raw`:(?<name>[A-Za-z_]\w*)`,
  ].join('|'),
  'gs',
);

export function numberVariables(sql: string): NumberedSql {
  const names: string[] = [];
  let ownNumber: string | undefined;
  let text = '';
  let from = 0;
  for (token.lastIndex = 0; ; ) {
    const match = token.exec(sql);
    if (!match) return { text: text + sql.slice(from), names, ...(ownNumber !== undefined && { ownNumber }) };
    const { comment, number, name } = match.groups ?? {};
    if (comment !== undefined) token.lastIndex = endOfComment(sql, match.index);
    if (number !== undefined) ownNumber ??= match[0];
    if (name === undefined) continue;
    if (!names.includes(name)) names.push(name);
    text += `${sql.slice(from, match.index)}$${names.indexOf(name) + 1}`;
    from = token.lastIndex;
  }
}

/** Comments nest. */
function endOfComment(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; ) {
    const pair = sql.slice(at, at + 2);
    if (pair === '/*') depth += 1;
    else if (pair === '*/') depth -= 1;
    else {
      at += 1;
      continue;
    }
    at += 2;
    if (depth === 0) return at;
  }
  return sql.length;
}
