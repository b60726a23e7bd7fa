import { findingsIn } from './harness';

const handlers = 'export const request = () => ({});\nexport const response = () => null;\n';
const ofLength = (length: number) => handlers + `// ${'x'.repeat(length - handlers.length - 3)}`;

describe('code size', () => {
  it('accepts exactly 32,768 characters, counting characters and not bytes', () => {
    expect(findingsIn(ofLength(32_768))).toEqual([]);
    expect(findingsIn(ofLength(32_768).replaceAll('xx', 'éé'))).toEqual([]);
  });

  it('rejects one character more', () => {
    expect(findingsIn(ofLength(32_769))).toEqual([
      { code: 'RES_SIZE', at: '1:1', message: 'the bundled code has 32,769 characters; AppSync takes at most 32,768' },
    ]);
  });
});
