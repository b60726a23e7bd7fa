/** Values in generated resolver code: expressions, and the statements before them that demand what a caller must have. */
import type { Value } from './value';

/** Collects what the expressions of one handler need. */
export class ValueCode {
  private readonly constants = new Map<string, string>();
  private joins = false;

  /** Statements to stand before every use of the expressions, two spaces deep. */
  get demands(): string {
    return [...this.constants].map(([expression, name]) => demand(expression, name)).join('');
  }

  /** A function that the module needs, or nothing. */
  get helpers(): string {
    return this.joins ? joinFunction : '';
  }

  expression(value: Value): string {
    const { form } = value;
    switch (form.kind) {
      case 'argument':
        return argumentCode(form.name);
      case 'identity':
        return this.constant(form.member);
      case 'fixed':
        return literal(form.value);
      case 'joined':
        this.joins = true;
        return `joined(${quoted(form.separator)}, [${form.parts.map((part) => this.expression(part)).join(', ')}])`;
    }
  }

  private constant(member: string): string {
    const expression = identityCode(member);
    const known = this.constants.get(expression);
    if (known !== undefined) return known;
    const wanted = constantName(member);
    const taken = [...this.constants.values()];
    const name = taken.includes(wanted) ? `${wanted}${taken.length + 1}` : wanted;
    this.constants.set(expression, name);
    return name;
  }
}

export function argumentCode(name: string): string {
  return `ctx.args.${name}`;
}

/** What comes after the first dot is one name, whatever is in it: claims are called `custom:tenantId` or `https://example.com/tenant`. */
export function identityCode(member: string): string {
  const dot = member.indexOf('.');
  if (dot === -1) return `ctx.identity${access(member)}`;
  return `ctx.identity${access(member.slice(0, dot))}${access(member.slice(dot + 1))}`;
}

/** Whether the caller is in one of some groups, as an expression. */
export function inGroups(groups: readonly string[]): string {
  return `(ctx.identity?.groups ?? []).some((group) => ${groups.map((group) => `group === ${quoted(group)}`).join(' || ')})`;
}

export function demand(expression: string, name: string, indent = '  '): string {
  return `${indent}const ${name} = ${expression};
${indent}if (!${name}) {
${indent}  util.unauthorized();
${indent}}
`;
}

export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
}

/** `custom:tenantId` gives `customTenantId`. */
function constantName(member: string): string {
  const [first = 'identity', ...more] = member.slice(member.indexOf('.') + 1).split(/[^A-Za-z0-9]+/).filter((word) => /^[A-Za-z]/.test(word));
  return `${first.charAt(0).toLowerCase()}${first.slice(1)}${more.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('')}`;
}

function access(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `?.${name}` : `?.[${quoted(name)}]`;
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return typeof value === 'string' ? quoted(value) : String(value);
}

const joinFunction = `
/** A key of several parts. One that has the separator in it could pass for two, and so is refused. */
function joined(separator, parts) {
  if (parts.some((part) => part.indexOf(separator) !== -1)) {
    util.unauthorized();
  }
  return parts.join(separator);
}
`;
