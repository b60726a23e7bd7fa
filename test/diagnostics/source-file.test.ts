import { locationAt, locationOf, type SourceFile } from '../../lib/diagnostics';

const file = (text: string): SourceFile => ({ path: '/app/a.txt', text });

describe('locationAt', () => {
  it.each([
    [0, 1, 1, 'one'],
    [2, 1, 3, 'one'],
    [3, 1, 4, 'one'],
    [4, 2, 1, 'two'],
    [8, 3, 1, ''],
    [9, 4, 1, 'four'],
    [13, 4, 5, 'four'],
  ])('finds offset %i at line %i, column %i', (offset, line, column, lineText) => {
    expect(locationAt(file('one\ntwo\n\nfour'), offset)).toEqual({ file: '/app/a.txt', line, column, length: 1, lineText });
  });

  it('stays in the first line of a text that begins with a line break', () => {
    expect(locationAt(file('\ntwo'), 0)).toMatchObject({ line: 1, column: 1, lineText: '' });
  });

  it('takes the ends of the text for what lies outside', () => {
    expect(locationAt(file('one\ntwo'), 99)).toMatchObject({ line: 2, column: 4 });
    expect(locationAt(file('one\ntwo'), -1)).toMatchObject({ line: 1, column: 1 });
  });

  it('leaves the carriage return of Windows out of the line', () => {
    expect(locationAt(file('one\r\ntwo\r\n'), 5, 3)).toEqual({ file: '/app/a.txt', line: 2, column: 1, length: 3, lineText: 'two' });
  });

  it('works in an empty text', () => {
    expect(locationAt(file(''), 0)).toMatchObject({ line: 1, column: 1, lineText: '' });
  });
});

describe('locationOf', () => {
  it('adds the text of the line', () => {
    expect(locationOf(file('one\r\ntwo'), 2, 3, 1)).toEqual({ file: '/app/a.txt', line: 2, column: 3, length: 1, lineText: 'two' });
    expect(locationOf(file('one\ntwo'), 1, 1)).toMatchObject({ lineText: 'one', length: 1 });
  });

  it('shows the last line for a line past the end', () => {
    expect(locationOf(file('one\ntwo'), 9, 1)).toMatchObject({ line: 9, lineText: 'two' });
  });
});
