import { type JavaValue, parseTemplate, renderTemplate, TemplateFailure, TemplateObject, toJava, toPlain } from '../../lib/velocity';

const util = new TemplateObject({ qr: () => '', same: (value = null) => value, list: new TemplateObject({ size: (list = null) => (Array.isArray(list) ? list.length : undefined) }) });

function run(text: string, data: Readonly<Record<string, unknown>> = {}) {
  const { template, problem } = parseTemplate({ path: 'template.vtl', text });
  if (problem) throw new Error(problem.message);
  const roots = Object.fromEntries(Object.entries(data).map(([name, value]): [string, JavaValue] => [name, toJava(value)]));
  return renderTemplate(template, { util, ...roots });
}

function text(template: string, data?: Readonly<Record<string, unknown>>): string {
  const rendering = run(template, data);
  return rendering.kind === 'text' ? rendering.text : `returned ${JSON.stringify(toPlain(rendering.value))}`;
}

/** Each confirmed with Apache Velocity 1.7, unless the title says that it is AppSync's own. */
describe('as Apache Velocity', () => {
  it.each([
    ['keeps the old value when set to null', '#set($a = 1)#set($a = $nope)$a', '1'],
    ['restores the loop variable', '#set($i = 9)#foreach($i in [1, 2])$i#end$i', '129'],
    ['takes literals in a condition for false, and references to them for true', '#if("a")T#{else}F#end#set($s = "")#if($s)T#{else}F#end#set($n = 0)#if($n)T#{else}F#end', 'FTT'],
    ['compares values of different classes by their text', '#set($n = 5)#if($n == "5" && "5" == $n && $n == 5.0)T#{else}F#end', 'T'],
    ['orders numbers only', '#if("b" > "a" || $nope < 1)T#{else}F#end', 'F'],
    ['divides whole numbers to whole numbers', '#set($a = 7 / 2)$a #set($b = 7 / 2.0)$b #set($c = -7 / 2)$c', '33.5-3'],
    ['leaves a division by zero undefined', '#set($a = 7 / 0)$a', '$a'],
    ['counts on beyond 32 and 64 bits', '#set($a = 2147483647 + 1)$a,#set($b = 9223372036854775807 + 1)$b', '2147483648,9223372036854775808'],
    ['prints doubles as Java', '#set($a = 1.0 * 3)$a,#set($b = 100000000.0 * 10)$b,#set($c = 0.00001)$c', '3.0,1.0E9,1.0E-5'],
    ['adds to a string what is undefined by its source', '#set($a = "a" + 1 + $nope)$a', 'a1$nope'],
    ['knows no escapes in quotes but the doubled quote and Unicode', '#set($a = "a""b\\n\\u0041")$a#set($b = \'it\'\'s $a\')$b', 'a"b\\nAit\'s $a'],
    ['goes through the values of a map', '#foreach($v in {"a": 1, "b": 2})$v;#end', '1;2;'],
    ['goes through nothing for what is no list', '#foreach($c in "abc")$c#end#foreach($c in $nope)$c#end|', '|'],
    ['nests loops', '#foreach($x in [1, 2])#foreach($y in [1, 2])$foreach.parent.index$foreach.index #end#end', '00 01 10 11 '],
    ['counts list indexes from the end when negative', '#set($l = [1, 2, 3])$l[-1]#set($l[0] = 9)$l', '3[9, 2, 3]'],
    ['sets nothing in what does not exist', '#set($a.b = 1)#set($m = {})#set($m.a.b = 1)$a $m', '$a {}'],
    ['prints nothing for methods that return nothing', '#set($m = {})[$m.putAll({"a": 1})]$m', '[]{a=1}'],
    ['prints a defined block where it stands', '#set($x = 1)#define($d)<$x>#end$d#set($x = 2)$d', '<1><2>'],
    ['escapes defined references only', '#set($a = 1)\\$a \\\\$a \\$nope', '$a \\1 \\$nope'],
    ['drops the line break behind a directive, and blanks between directives', '#if(true)\n  #set($x = 1)\n  $x\n#end\n.', '  1\n.'],
    ['splits without empty strings at the end', '$util.same("a,b,,").split(",").size()', '2'],
    ['replaces by Java patterns with groups', '$util.same("Hello, World").replaceAll("(\\w+), (\\w+)", "$2 $1")', 'World Hello'],
  ])('%s', (_, template, output) => {
    expect(text(template)).toBe(output);
  });
});

describe('AppSync', () => {
  it('returns early, with data or with null', () => {
    expect(text('a #return({"id": [1, 2.5]}) b')).toBe('returned {"id":[1,2.5]}');
    expect(text('#foreach($i in [1, 2])#if($i == 2)#return("in $i")#end#end')).toBe('returned "in 2"');
    expect(text('#if(true)#return#end')).toBe('returned null');
  });

  it('changes the data it is given in place', () => {
    const args = toJava({ id: 1 });
    const { template } = parseTemplate({ path: 'template.vtl', text: '$util.qr($ctx.put("added", true))' });
    if (template) renderTemplate(template, { util, ctx: args });

    expect(toPlain(args)).toEqual({ id: 1, added: true });
  });

  it('finds functions of its objects, and nothing that every JavaScript object has', () => {
    expect(text('$util.list.size([1, 2]) $util.constructor $util.toString() $util.list.size("a") $ctx.constructor $ctx.__proto__ $s.constructor', { ctx: {}, s: 'a' })).toBe(
      '2 $util.constructor $util.toString() $util.list.size("a") $ctx.constructor $ctx.__proto__ $s.constructor',
    );
  });

  it('ends a loop after 1,000 iterations', () => {
    expect(text('#foreach($i in [1..5000])#set($n = $i)#end$n')).toBe('1000');
  });

  it('has no files to include: #parse and #include are text', () => {
    expect(text('#parse("a.vtl") #include("b.txt")')).toBe('#parse("a.vtl") #include("b.txt")');
  });

  it('takes null and operators for arguments', () => {
    expect(text('#set($x = null)$util.same(1 + 2) $util.same($x == $nope)')).toBe('3 true');
  });
});

describe('limits', () => {
  it.each([
    ['nested loops', '#foreach($a in [1..1000])#foreach($b in [1..1000])x#end#end', 'The template runs too many iterations.'],
    ['a growing string', '#set($s = "xxxxxxxxxx")#foreach($i in [1..100])#set($s = $s + $s)#end', 'The template makes more than 5 MB of text.'],
    ['a growing output', '#set($s = "xxxxxxxxxx")#foreach($i in [1..18])#set($s = $s + $s)#end$s$s', 'The template makes more than 5 MB of text.'],
    ['an endless macro', '#macro(m)#m()#end#m()', 'Macros call each other too deeply.'],
    ['a template that evaluates itself', "#set($t = '#evaluate($t)')#evaluate($t)", 'Macros call each other too deeply.'],
    ['a huge range', '#set($r = [1..999999999])', 'The range [1..999999999] is too long.'],
    ['a map that holds itself', '#set($m = {})$util.qr($m.put("m", $m))$m', 'A value is nested too deeply.'],
    ['a list that holds twice what it was, and is printed', '#set($l = ["x"])#foreach($i in [1..60])#set($l = [$l, $l])#end$l', 'A value is too large.'],
    ['such lists that are compared', '#set($l = [1])#set($m = [1])#foreach($i in [1..60])#set($l = [$l, $l])#set($m = [$m, $m])#end#if($l == $m)x#end', 'A value is too large.'],
    ['work on a large value, over and over', '#set($s = "xxxxxxxxxx")#foreach($i in [1..18])#set($s = $s + $s)#end#foreach($i in [1..1000])$util.qr($s.toUpperCase())#end', 'The template runs too many iterations.'],
    ['an index outside of a list', '#set($l = [1])$l.get(1)', 'Index 1 out of bounds for length 1'],
    ['a broken pattern', '$util.same("a").matches("(")', '"(" is not a regular expression.'],
    ['a number that is none', '#set($Integer = 0)$Integer.parseInt("x")', 'For input string: "x"'],
  ])('stop %s', (_, template, message) => {
    // Once: some of them take long to get to their limit.
    expect(() => run(template)).toThrow(expect.objectContaining({ constructor: TemplateFailure, message: expect.stringContaining(message) as string }));
  });
});
