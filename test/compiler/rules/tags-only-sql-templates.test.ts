import { expectClean, findingsIn } from './harness';

describe('tagged templates', () => {
  it('accepts sql, also renamed and by namespace', () => {
    expectClean(`import { sql as query } from "@aws-appsync/utils/rds";
import * as rds from "@aws-appsync/utils/rds";
export function request(ctx) {
  return rds.createPgStatement(query\`SELECT \${ctx.args.id}\`, rds.sql\`SELECT 1\`);
}
export function response(ctx) {
  return ctx.result;
}`);
  });

  it('accepts String.raw, which the documentation lists', () => {
    expectClean(`const s = String.raw\`a\\n\`;
console.log(s);`);
  });

  it('accepts untagged templates, nested and over lines', () => {
    expectClean(`function f(a) {
  return \`x \${\`y \${a}\`}
  z\`;
}`);
  });

  it('rejects a tag of the module', () => {
    expect(findingsIn(`function html(parts) {
  return parts.join("");
}
console.log(html\`<b>\`);`)).toEqual([
      { code: 'RES_TAGGED_TEMPLATE', at: '4:13', message: 'the template tag "html" is not available' },
    ]);
  });

  it('rejects another export of the rds module', () => {
    expect(findingsIn(`import { select } from "@aws-appsync/utils/rds";
export const request = (ctx) => select\`\${ctx.args.id}\`;
export const response = (ctx) => ctx.result;`)).toEqual([
      { code: 'RES_TAGGED_TEMPLATE', at: '2:33', message: 'the template tag "select" is not available' },
    ]);
  });
});
