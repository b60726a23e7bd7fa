import { expectClean, findingsIn } from './harness';

describe('exports', () => {
  it('accepts functions, constants and renamed ones', () => {
    expectClean(`const load = () => ({});
export { load as request };
export const response = (ctx) => ctx.result;`);
  });

  it('accepts further exports', () => {
    expectClean(`export const request = () => ({});
export const response = () => null;
export const more = 1;`);
  });

  it('says nothing on top of an export * that cannot be resolved', () => {
    expect(findingsIn('export * from "./shared";')).toEqual([{ code: 'RES_IMPORT', at: '1:15', message: '"./shared" cannot be imported: the code has to be a single file' }]);
  });

  it('rejects a missing response', () => {
    expect(findingsIn(`export function request(ctx) {
  return {};
}
export const respones = 1;`)).toEqual([
      { code: 'RES_EXPORT', at: '1:1', message: 'the export "response" is missing: it exports "request", "respones"' },
    ]);
  });

  it('rejects a default export alone', () => {
    expect(findingsIn(`export default { request: () => ({}), response: () => ({}) };`)).toEqual([
      { code: 'RES_EXPORT', at: '1:1', message: 'the export "request" is missing: it exports "default"' },
      { code: 'RES_EXPORT', at: '1:1', message: 'the export "response" is missing: it exports "default"' },
    ]);
  });
});
