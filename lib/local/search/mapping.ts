/**
 * Which fields an index has and of which type: given when the index is made, or learned from documents as OpenSearch does by default.
 * Source: https://opensearch.org/docs/latest/field-types/ and …/mappings/ (dynamic mapping)
 */
import { dateOf, isDetectedDate } from './dates';
import { described, isObject, type Json, listOf, objectAt, wildcard } from './json';
import { illegalArgument, parsing, SearchError, UnsupportedClause } from './search-error';

export type FieldType = 'text' | 'keyword' | 'long' | 'double' | 'boolean' | 'date';
/** Dates are epoch milliseconds. */
export type FieldValue = string | number | boolean;

export interface Field {
  readonly type: FieldType;
  /** Path of the values in a document: that of the parent, for a sub-field. */
  readonly source: string;
  /** Longer texts are not in the field. */
  readonly ignoreAbove?: number;
}

/** Source: `index.mapping.total_fields.limit` and `index.mapping.depth.limit`. */
const maxFields = 1_000;
const maxDepth = 20;

/** Source: https://opensearch.org/docs/latest/field-types/supported-field-types/index/ ; the narrower numbers are kept as the wider ones. */
const types: ReadonlyMap<string, FieldType> = new Map([
  ...(['text', 'keyword', 'boolean', 'date'] as const).map((type) => [type, type] as const),
  ...['long', 'integer', 'short', 'byte'].map((type) => [type, 'long'] as const),
  ...['double', 'float', 'half_float', 'scaled_float'].map((type) => [type, 'double'] as const),
]);

/** What OpenSearch makes of a text that it has no mapping for. */
const dynamicText = { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } };

export class Mapping {
  private readonly fields = new Map<string, Field>();
  private readonly objects = new Set<string>();
  private readonly templates: readonly DynamicTemplate[];
  private readonly dynamic: unknown;
  private readonly detectsDates: boolean;

  /** @param body `{ properties, dynamic, dynamic_templates, date_detection }` @throws SearchError, UnsupportedClause */
  constructor(body: Json = {}) {
    for (const name of Object.keys(body)) if (!['properties', 'dynamic', 'dynamic_templates', 'date_detection', '_meta'].includes(name)) throw new UnsupportedClause(`mapping "${name}"`);
    this.dynamic = body.dynamic ?? true;
    this.detectsDates = body.date_detection !== false;
    this.templates = listOf(body.dynamic_templates).map(readTemplate);
    this.declare('', body.properties);
  }

  get names(): readonly string[] {
    return [...this.fields.keys()];
  }

  /** Undefined for a field that no document has had. */
  field(name: string): Field | undefined {
    return this.fields.get(name);
  }

  /** Fields by name; `*` stands for any text. */
  matching(pattern: string): readonly string[] {
    if (!pattern.includes('*')) return [pattern];
    return this.names.filter(wildcard(pattern));
  }

  /** Whether there is such a field, or object. */
  has(name: string): boolean {
    return this.fields.has(name) || this.objects.has(name);
  }

  /**
   * The values of a document by field. Fields that are new are added.
   * @throws SearchError `mapper_parsing_exception` when a value does not fit its field
   */
  valuesOf(source: Json, id: string): ReadonlyMap<string, readonly FieldValue[]> {
    const found: (readonly [path: string, value: unknown])[] = [];
    const objects = new Set<string>();
    collect(source, '', 0, found, objects);
    for (const path of objects) {
      const field = this.fields.get(path);
      if (field) throw mapperParsing(`failed to parse field [${path}] of type [${field.type}] in document with id '${id}'. Preview of field's value: an object`);
      this.objects.add(path);
    }
    const values = new Map<string, FieldValue[]>();
    for (const [path, value] of found) {
      if (!this.fields.has(path)) this.learn(path, value);
      for (const [name, field] of this.fieldsOf(path)) {
        const converted = valueFor(field, value, name, id);
        if (converted === undefined) continue;
        const list = values.get(name);
        if (list) list.push(converted);
        else values.set(name, [converted]);
      }
    }
    return values;
  }

  /** `{ properties }`, as `_mapping` shows it. */
  get body(): Json {
    const properties: Record<string, Record<string, unknown>> = {};
    for (const [name, { type, source, ignoreAbove }] of this.fields) {
      const shown = { type: type === 'double' ? 'float' : type, ...(ignoreAbove !== undefined && { ignore_above: ignoreAbove }) };
      if (source === name) properties[name] = shown;
      else properties[source] = { ...properties[source], fields: { ...(properties[source]?.fields as Json), [name.slice(source.length + 1)]: shown } };
    }
    return { properties };
  }

  private *fieldsOf(path: string): Generator<readonly [string, Field]> {
    const field = this.fields.get(path);
    if (!field) return;
    yield [path, field];
    for (const [name, sub] of this.fields) if (sub.source === path && name !== path) yield [name, sub];
  }

  private learn(path: string, value: unknown): void {
    if (this.dynamic === false || this.dynamic === 'false') return;
    if (this.dynamic === 'strict') throw new SearchError(400, 'strict_dynamic_mapping_exception', `mapping set to strict, dynamic introduction of [${path}] within [_doc] is not allowed`);
    if (this.objects.has(path)) throw mapperParsing(`object mapping for [${path}] tried to parse field [${path}] as object, but found a concrete value`);
    const kind = this.kindOf(value);
    const template = this.templates.find((candidate) => candidate.fits(path, kind));
    this.declareField(path, template ? template.mapping : kind === 'string' ? dynamicText : { type: kind });
  }

  /** As dynamic templates call it. */
  private kindOf(value: unknown): 'string' | 'long' | 'double' | 'boolean' | 'date' {
    if (typeof value === 'boolean') return 'boolean';
    if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double';
    return this.detectsDates && isDetectedDate(String(value)) ? 'date' : 'string';
  }

  private declare(prefix: string, properties: unknown): void {
    if (properties === undefined) return;
    for (const [name, mapping] of Object.entries(objectAt(properties, 'properties'))) {
      const path = prefix + name;
      const { type, properties: inner } = objectAt(mapping, path);
      if (inner === undefined && type !== 'object') this.declareField(path, objectAt(mapping, path));
      else {
        if (type !== undefined && type !== 'object') throw new UnsupportedClause(`field type "${String(type)}" of "${path}"`);
        this.objects.add(path);
        this.declare(`${path}.`, inner);
      }
    }
  }

  private declareField(path: string, mapping: Json): void {
    if (this.fields.size >= maxFields) throw illegalArgument(`Limit of total fields [${maxFields}] has been exceeded`);
    const declared = (name: string, { type, ignore_above: ignoreAbove, ...rest }: Json): Field => {
      const known = types.get(String(type));
      if (!known) throw new UnsupportedClause(`field type "${String(type)}" of "${name}"`);
      const [unknown] = Object.keys(rest).filter((key) => !['fields', 'scaling_factor', 'index', 'store', 'doc_values', 'norms'].includes(key) && !(key === 'analyzer' && rest.analyzer === 'standard'));
      if (unknown !== undefined) throw new UnsupportedClause(`mapping parameter "${unknown}" of "${name}"`);
      return { type: known, source: path, ...(typeof ignoreAbove === 'number' && { ignoreAbove }) };
    };
    this.fields.set(path, declared(path, mapping));
    for (const [name, sub] of Object.entries(mapping.fields === undefined ? {} : objectAt(mapping.fields, `${path}.fields`))) {
      this.fields.set(`${path}.${name}`, declared(`${path}.${name}`, objectAt(sub, `${path}.${name}`)));
    }
  }
}

interface DynamicTemplate {
  readonly mapping: Json;
  fits(path: string, kind: string): boolean;
}

function readTemplate(value: unknown): DynamicTemplate {
  const [[name, template] = ['', {}]] = Object.entries(objectAt(value, 'dynamic_templates'));
  const { match_mapping_type: kind, match, mapping, ...rest } = objectAt(template, name);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new UnsupportedClause(`"${unknown}" of dynamic template "${name}"`);
  const matchesName = typeof match === 'string' ? wildcard(match) : () => true;
  return {
    mapping: objectAt(mapping, `${name}.mapping`),
    fits: (path, found) => (kind === undefined || kind === '*' || kind === found) && matchesName(path.slice(path.lastIndexOf('.') + 1)),
  };
}

/** Leaves of a document, those of lists one by one. Nulls are no values. */
function collect(value: unknown, path: string, depth: number, found: (readonly [string, unknown])[], objects: Set<string>): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, path, depth, found, objects);
    return;
  }
  if (!isObject(value)) {
    found.push([path, value]);
    return;
  }
  if (depth > maxDepth) throw illegalArgument(`Limit of mapping depth [${maxDepth}] has been exceeded due to object field [${path}]`);
  if (path !== '') objects.add(path);
  for (const [name, member] of Object.entries(value)) collect(member, path === '' ? name : `${path}.${name}`, depth + 1, found, objects);
}

/** A value as a field keeps it; undefined when the field leaves it out. @throws SearchError */
function valueFor({ type, ignoreAbove }: Field, value: unknown, name: string, id: string): FieldValue | undefined {
  const refuse = () => mapperParsing(`failed to parse field [${name}] of type [${type}] in document with id '${id}'. Preview of field's value: '${String(value)}'`);
  switch (type) {
    case 'text':
      return String(value);
    case 'keyword': {
      const text = String(value);
      return ignoreAbove !== undefined && text.length > ignoreAbove ? undefined : text;
    }
    case 'long':
    case 'double': {
      const number = typeof value === 'boolean' || value === '' ? NaN : Number(value);
      if (Number.isNaN(number)) throw refuse();
      // What is behind the point is lost in a field of whole numbers. Source: `coerce`.
      return type === 'long' ? Math.trunc(number) : number;
    }
    case 'boolean':
      if (value !== true && value !== false && !['true', 'false', ''].includes(String(value))) throw refuse();
      return value === true || value === 'true';
    case 'date': {
      const time = dateOf(value);
      if (time === undefined) throw refuse();
      return time;
    }
  }
}

/** A value of a request as the field keeps values. @throws SearchError */
export function wantedValue({ type }: Field, value: unknown, name: string): FieldValue {
  switch (type) {
    case 'text':
    case 'keyword':
      return String(value);
    case 'long':
    case 'double': {
      const number = typeof value === 'boolean' || value === '' || value === null ? NaN : Number(value);
      if (Number.isNaN(number)) throw new SearchError(400, 'query_shard_exception', `failed to create query: For input string: "${String(value)}" (field [${name}])`);
      return number;
    }
    case 'boolean':
      if (value !== true && value !== false && value !== 'true' && value !== 'false') throw parsing(`Can't parse boolean value [${described(value)}], expected [true] or [false] (field [${name}])`);
      return String(value) === 'true';
    case 'date': {
      const time = dateOf(value);
      if (time === undefined) throw parsing(`failed to parse date field [${String(value)}] with format [strict_date_optional_time||epoch_millis] (field [${name}])`);
      return time;
    }
  }
}

function mapperParsing(message: string): SearchError {
  return new SearchError(400, 'mapper_parsing_exception', message);
}
