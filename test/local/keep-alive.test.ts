import { KeepAlive } from '../../lib/local/keep-alive';

function setUp() {
  let due: (() => void) | undefined;
  const keepAlive = new KeepAlive((callback) => {
    due = callback;
    return () => (due = undefined);
  });
  const beats: string[] = [];
  const living = (name: string, then = () => {}) => ({
    beat: () => {
      beats.push(name);
      then();
    },
  });
  const seconds = (count: number) => {
    beats.length = 0;
    for (let second = 0; second < count; second++) due?.();
    return [...beats];
  };
  return { keepAlive, living, seconds, isRunning: () => due !== undefined };
}

test('beats each once a minute, at its own second', () => {
  const { keepAlive, living, seconds } = setUp();
  keepAlive.add(living('a'));
  seconds(10);
  keepAlive.add(living('b'));

  expect(seconds(49)).toEqual([]);
  expect(seconds(1)).toEqual(['a']);
  expect(seconds(10)).toEqual(['b']);
  expect(seconds(120)).toEqual(['a', 'b', 'a', 'b']);
});

test('runs no timer without anybody to keep alive, and a deletion twice is harmless', () => {
  const { keepAlive, living, isRunning } = setUp();
  const a = living('a');
  expect(isRunning()).toBe(false);
  keepAlive.add(a);
  expect(isRunning()).toBe(true);
  keepAlive.delete(a);
  keepAlive.delete(a);
  expect(isRunning()).toBe(false);
});

test('stops when the last one ends itself at its beat', () => {
  const { keepAlive, living, seconds, isRunning } = setUp();
  const a = living('a', () => keepAlive.delete(a));
  keepAlive.add(a);

  expect(seconds(60)).toEqual(['a']);
  expect(isRunning()).toBe(false);
});
