import { parseTemplate, type Reference, referencesIn, variablesIn } from '../../lib/velocity';

/** The template's syntax tree. @throws Error with what is wrong with it */
function blockOf(text: string) {
  const { template, problem } = parseTemplate({ path: '/app/request.vtl', text });
  if (problem) throw new Error(problem.message);
  return template.block;
}
const references = (text: string): Reference[] => [...referencesIn(blockOf(text))];

test('gives the place of a problem in the file it is in', () => {
  expect(parseTemplate({ path: '/app/request.vtl', text: '{}\n  #end' })).toEqual({
    problem: { message: '"#end" closes nothing', fix: 'remove it, or write "#[[#end]]#" if it is text', location: { file: '/app/request.vtl', line: 2, column: 3, length: 4, lineText: '  #end' } },
  });
});

test('finds references in text, directives, arguments and quoted strings, each at its place', () => {
  const text = '$a.b #if($c == "x ${d.e}")$f.g($h, ["$i"])#end';

  expect(references(text).map(({ source, span }) => [source, text.slice(span.start, span.end)])).toEqual([
    ['$a.b', '$a.b'],
    ['$c', '$c'],
    ['${d.e}', '${d.e}'],
    ['$f.g($h, ["$i"])', '$f.g($h, ["$i"])'],
    ['$h', '$h'],
    ['$i', '$i'],
  ]);
});

test('keeps places behind doubled quotes and Unicode escapes in a quoted string', () => {
  const text = '#set($x = "say ""\\u0041"" to $who.name")';
  const [, who] = references(text);

  expect(text.slice(who?.span.start, who?.span.end)).toBe('$who.name');
});

test('takes no escaped reference and no name without a letter for a reference', () => {
  expect(references('\\$a $5 $ ${} $!{1} $.hits \\\\$b').map(({ source }) => source)).toEqual(['$b']);
});

test('ends a reference where its path ends', () => {
  expect(references('$a.b. $a.5 $a [0] ${a}.b $a.b(1)[0].c').map(({ source }) => source)).toEqual(['$a.b', '$a', '$a', '${a}', '$a.b(1)[0].c']);
});

test('lists what a template gives a value', () => {
  expect([...variablesIn(blockOf('#set($a = 1)#set($b.c = 1)#if($d)#foreach($e in [])#set($f = 1)#end#else#define($g)x#end#end#macro(m $h)#end'))]).toEqual(['a', 'e', 'f', 'g', 'h']);
});

test('reads large templates in linear time', () => {
  const line = '#if($ctx.args.id)"key$foreach.index": $util.toJson({"a": ["$ctx.args.id", 1, true]}),#end\n';

  expect(blockOf(line.repeat(2_000))).toHaveLength(2_000);
});
