/**
 * `createPgStatement` and `createMySQLStatement`: statements to SQL text with numbered placeholders.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/__snapshots__/resolvers.test.js.snap`, texts of errors included.
 * Assumed: joins, GROUP BY, HAVING, aggregates and sub-selects, which have no recording.
 */
import { BuiltinFailure, isPlainObject, type PlainObject } from './builtin';
import { type ConditionTarget, writeCondition } from './rds-conditions';
import { aggregates, isAggregate, isHintedValue, isStatement, type Statement } from './rds-statement';

export type Dialect = 'postgres' | 'mysql';

export interface RdsRequest {
  readonly statements: readonly string[];
  /** `{ ':P0': value }` */
  readonly variableMap: Readonly<Record<string, unknown>>;
  /** `{ ':P0': 'UUID' }` */
  readonly variableTypeHintMap: Readonly<Record<string, string>>;
}

/** @returns a built-in of one or two statements: text is passed on as it is, placeholders are numbered through both */
export function statementCreator(name: string, dialect: Dialect): (first: unknown, second?: unknown) => RdsRequest {
  return (first, second) => {
    if (first === undefined) throw new BuiltinFailure(`An argument is expected to be passed to ${name}`);
    const writer = new SqlWriter(dialect);
    const statements = [first, second].filter((statement, i) => i === 0 || statement != null);
    return {
      statements: statements.map((statement) => {
        if (typeof statement === 'string') return statement;
        if (!isStatement(statement)) throw new BuiltinFailure(`Unsupported type is passed as argument to ${name}`);
        return writer.statement(statement);
      }),
      variableMap: writer.variables,
      variableTypeHintMap: writer.hints,
    };
  };
}

/** Keyword of each join by the member that holds the list of its tables. */
const joins: Readonly<Record<string, string>> = {
  join: 'JOIN',
  innerJoin: 'INNER JOIN',
  leftJoin: 'LEFT JOIN',
  leftOuterJoin: 'LEFT OUTER JOIN',
  rightJoin: 'RIGHT JOIN',
  rightOuterJoin: 'RIGHT OUTER JOIN',
  fullOuterJoin: 'FULL OUTER JOIN',
  crossJoin: 'CROSS JOIN',
  joinNatural: 'NATURAL JOIN',
  innerJoinNatural: 'NATURAL INNER JOIN',
  leftJoinNatural: 'NATURAL LEFT JOIN',
  leftOuterJoinNatural: 'NATURAL LEFT OUTER JOIN',
  rightJoinNatural: 'NATURAL RIGHT JOIN',
  rightOuterJoinNatural: 'NATURAL RIGHT OUTER JOIN',
  fullOuterJoinNatural: 'NATURAL FULL OUTER JOIN',
};

class SqlWriter implements ConditionTarget {
  readonly variables: Record<string, unknown> = {};
  readonly hints: Record<string, string> = {};

  constructor(private readonly dialect: Dialect) {}

  statement(statement: Statement): string {
    switch (statement.type) {
      case 'RDS_SELECT':
        return this.select(statement.payload);
      case 'RDS_INSERT':
        return this.insert(statement.payload);
      case 'RDS_UPDATE':
        return this.update(statement.payload);
      case 'RDS_REMOVE':
        return words('DELETE FROM', this.table(statement.payload.table), this.where(statement.payload.where), this.returning(statement.payload.returning));
      case 'RDS_SQL':
        return statement.texts.map((text, i) => (i < statement.values.length ? text + this.bindParameter(statement.values[i]) : text)).join('');
    }
  }

  quote(name: string): string {
    if (name === '*') return name;
    const mark = this.dialect === 'postgres' ? '"' : '`';
    return name
      .split('.')
      .map((part) => mark + part.replaceAll(mark, mark + mark) + mark)
      .join('.');
  }

  bind(value: unknown): string {
    return value == null ? 'NULL' : this.bindParameter(value);
  }

  private bindParameter(value: unknown): string {
    const placeholder = `:P${Object.keys(this.variables).length}`;
    if (isHintedValue(value)) this.hints[placeholder] = value.type;
    this.variables[placeholder] = (isHintedValue(value) ? value.value : value) ?? null;
    return placeholder;
  }

  private select(payload: PlainObject): string {
    return words(
      'SELECT',
      this.columns(payload.columns),
      'FROM',
      this.source(payload),
      ...Object.entries(joins).flatMap(([member, keyword]) => this.joins(keyword, payload[member])),
      this.where(payload.where),
      this.groupBy(payload.groupBy),
      payload.having == null ? '' : clause('HAVING', this.condition(payload.having)),
      this.orderBy(payload.orderBy),
      this.count('limit', payload.limit),
      this.count('offset', payload.offset),
    );
  }

  private insert(payload: PlainObject): string {
    const values = requiredValues(payload.values, 'insert');
    const table = this.table(payload.table);
    const columns = Object.keys(values).map((column) => this.quote(column));
    const bound = Object.values(values).map((value) => this.bind(value));
    return words('INSERT INTO', table, `(${columns.join(', ')})`, `VALUES (${bound.join(', ')})`, this.returning(payload.returning));
  }

  /** AWS emits no RETURNING here, whatever the payload says. */
  private update(payload: PlainObject): string {
    const values = requiredValues(payload.values, 'update');
    const table = this.table(payload.table);
    const assignments = Object.entries(values).map(([column, value]) => `${this.quote(column)} = ${this.bind(value)}`);
    return words('UPDATE', table, 'SET', assignments.join(', '), this.where(payload.where));
  }

  private source({ table, from }: PlainObject): string {
    if (table == null && from == null) throw new BuiltinFailure("'table' or 'from' key is required.");
    if (table != null && from != null) throw new BuiltinFailure("'from' and 'table' keys cannot be used together");
    if (table != null) return this.table(table);
    if (typeof from === 'string') return this.quote(from);
    if (isStatement(from)) return `(${this.statement(from)})`;
    if (!isPlainObject(from)) throw new BuiltinFailure("'from' value is expected to be string or object.");
    return this.alias(from);
  }

  private table(table: unknown): string {
    if (table == null) throw new BuiltinFailure("'table' or 'from' key is required.");
    if (typeof table === 'string') return this.quote(table);
    if (!isPlainObject(table)) throw new BuiltinFailure('table name is expected to be a string or alias.');
    return this.alias(table);
  }

  /** `{ alias: name }` */
  private alias(alias: PlainObject): string {
    const [pair, ...others] = Object.entries(alias);
    if (pair === undefined) throw new BuiltinFailure('java.util.NoSuchElementException');
    if (others.length > 0) throw new BuiltinFailure('table alias is allowed only one key-value pair.');
    const [name, value] = pair;
    if (isStatement(value)) return `(${this.statement(value)}) as ${this.quote(name)}`;
    if (typeof value !== 'string') throw new BuiltinFailure('Table alias value is expected to be a string.');
    return `${this.quote(value)} as ${this.quote(name)}`;
  }

  private columns(columns: unknown): string {
    if (columns == null || columns === '*') return '*';
    if (!Array.isArray(columns)) throw new BuiltinFailure('Expected column to be * or an array.');
    return columns.map((column) => this.column(column)).join(', ');
  }

  private column(column: unknown): string {
    if (typeof column === 'string') return this.quote(column);
    if (isAggregate(column)) return (aggregates[column.name] ?? '$').replace('$', () => this.quote(column.column));
    const [pair] = isPlainObject(column) ? Object.entries(column) : [];
    if (pair === undefined) throw new BuiltinFailure('Invalid type in column array.');
    const [name, value] = pair;
    const expression = isStatement(value) ? `(${this.statement(value)})` : this.column(value);
    return `${expression} as ${this.quote(name)}`;
  }

  private joins(keyword: string, list: unknown): string[] {
    if (list == null) return [];
    if (!Array.isArray(list)) throw new BuiltinFailure('Expected join to be an array.');
    return list.map((join: unknown) => {
      if (!isPlainObject(join)) throw new BuiltinFailure('Expected join to be an Object.');
      const using = Array.isArray(join.using) ? `USING (${join.using.map((column) => this.column(column)).join(', ')})` : '';
      return words(keyword, this.source(join), using, join.on == null ? '' : `ON ${this.joinCondition(join.on)}`);
    });
  }

  /** A text compared in `on` names a column of the other table. */
  private joinCondition(on: unknown): string {
    if (isStatement(on)) return this.statement(on);
    return writeCondition(on, { quote: (name) => this.quote(name), bind: (value) => (typeof value === 'string' ? this.quote(value) : this.bind(value)) });
  }

  private where(where: unknown): string {
    if (where == null) return '';
    if (!isPlainObject(where)) throw new BuiltinFailure('WHERE values are expected to be SQL templates or a condition object.');
    return clause('WHERE', this.condition(where));
  }

  private condition(condition: unknown): string {
    return isStatement(condition) ? this.statement(condition) : writeCondition(condition, this);
  }

  private groupBy(columns: unknown): string {
    if (columns == null) return '';
    if (!Array.isArray(columns)) throw new BuiltinFailure('groupBy expects an array.');
    return `GROUP BY ${columns.map((column) => (typeof column === 'number' ? String(column) : this.quote(String(column)))).join(', ')}`;
  }

  private orderBy(items: unknown): string {
    if (items == null) return '';
    if (!Array.isArray(items)) throw new BuiltinFailure('orderBy expects an array.');
    const rendered = items.map((item: unknown) => {
      if (!isPlainObject(item)) throw new BuiltinFailure('orderBy item expected to be an object.');
      if (typeof item.column !== 'string') throw new BuiltinFailure('orderBy item expected to have property column.');
      // Only text is looked at; anything else sorts upwards.
      const direction = typeof item.dir === 'string' ? item.dir.toUpperCase() : 'ASC';
      if (direction !== 'ASC' && direction !== 'DESC') throw new BuiltinFailure(`orderBy dir can have either ASC or DESC found ${String(item.dir)}.`);
      return `${this.quote(item.column)} ${direction}`;
    });
    return rendered.length === 0 ? '' : `ORDER BY ${rendered.join(', ')}`;
  }

  private count(member: 'limit' | 'offset', value: unknown): string {
    if (value == null) return '';
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || Number.isNaN(number)) throw new BuiltinFailure(`${member} expects a number.`);
    return `${member.toUpperCase()} ${this.bindParameter(number)}`;
  }

  private returning(columns: unknown): string {
    if (columns == null) return '';
    const list = this.columns(columns);
    if (this.dialect === 'mysql') throw new BuiltinFailure('returning is not supported in MySQL.');
    return words('RETURNING', list);
  }
}

function requiredValues(values: unknown, kind: 'insert' | 'update'): PlainObject {
  if (values == null) throw new BuiltinFailure(`values are expected to be passed to ${kind}`);
  if (!isPlainObject(values)) throw new BuiltinFailure('Expected values to an Object.');
  return values;
}

/** A clause with nothing in it is left out, its keyword too. */
function clause(keyword: string, content: string): string {
  return content === '' ? '' : `${keyword} ${content}`;
}

/** Joins what is there. An empty list can leave a keyword at the end, which AWS does too. */
function words(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .trimEnd();
}
