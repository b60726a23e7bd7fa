import { askModel } from '../../../lib/local/data-sources/bedrock';

const invoke = { operation: 'InvokeModel', modelId: 'amazon.nova-lite-v1:0', body: { prompt: 'Hello' } };
const converse = { operation: 'Converse', modelId: 'amazon.nova-lite-v1:0', messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const said = { output: { message: { role: 'assistant', content: [{ text: 'Hi.' }] } } };
const ask = (request: unknown, answer: unknown) => askModel('Assistant', request, async () => answer);

test('hands on what the stub answers', async () => {
  expect(await ask(invoke, { completion: 'Hi.' })).toEqual({ completion: 'Hi.' });
  expect(await ask(converse, said)).toEqual(said);
  expect(await ask(converse, { ...said, stopReason: 'end_turn' })).toEqual({ ...said, stopReason: 'end_turn' });
});

test.each([
  ['nothing', null, "Expected JSON object for field '$' but got a 'NULL' instead."],
  ['no operation', { modelId: 'm', body: {} }, "Value for field '$[operation]' not found."],
  ['an operation that streams', { ...converse, operation: 'ConverseStream' }, "Unsupported operation 'ConverseStream'."],
  ['no model', { ...invoke, modelId: undefined }, "Value for field '$[modelId]' not found."],
  ['no body', { ...invoke, body: undefined }, "Value for field '$[body]' not found."],
  ['no messages', { ...converse, messages: undefined }, "Value for field '$[messages]' not found."],
  ['one message instead of a list', { ...converse, messages: converse.messages[0] }, "Expected JSON array for field '$[messages]' but got a 'OBJECT' instead."],
  ['a text for a message', { ...converse, messages: ['Hello'] }, "Expected JSON object for field '$[messages][0]' but got a 'STRING' instead."],
  ['a message of nobody', { ...converse, messages: [...converse.messages, { content: [] }] }, "Value for field '$[messages][1][role]' not found."],
  ['a text for content', { ...converse, messages: [{ role: 'user', content: 'Hello' }] }, "Expected JSON array for field '$[messages][0][content]' but got a 'STRING' instead."],
])('refuses %s without asking', async (_, request, message) => {
  const stub = jest.fn(async () => said);

  await expect(askModel('Assistant', request, stub)).rejects.toMatchObject({ message, errorType: 'MappingTemplate' });
  expect(stub).not.toHaveBeenCalled();
});

test.each([
  [invoke, 'Hi.', 'InvokeModel with a text, not with the object that its model has for a body'],
  [invoke, undefined, 'InvokeModel with nothing, not with the object that its model has for a body'],
  [invoke, [1], 'InvokeModel with a list, not with the object that its model has for a body'],
  [converse, 'Hi.', "Converse with a text that is not of the form { output: { message: { role: 'assistant', content: [{ text }] } } }"],
  [converse, { content: [{ text: 'Hi.' }] }, "Converse with an object that is not of the form { output: { message: { role: 'assistant', content: [{ text }] } } }"],
  [converse, { output: { message: { content: 'Hi.' } } }, "Converse with an object that is not of the form { output: { message: { role: 'assistant', content: [{ text }] } } }"],
  [converse, { output: { message: { content: ['Hi.'] } } }, "Converse with an object that is not of the form { output: { message: { role: 'assistant', content: [{ text }] } } }"],
])('tells of a stub that answers %j with %j', async (request, answer, problem) => {
  await expect(ask(request, answer)).rejects.toMatchObject({ message: `the stub of data source "Assistant" answers ${problem}`, errorType: 'LocalAppSync' });
});

test('waits ten seconds, and no longer', async () => {
  jest.useFakeTimers();
  try {
    const after = (ms: number) => askModel('Assistant', converse, () => new Promise((resolve) => setTimeout(() => resolve(said), ms)));
    const intime = after(9_999);
    const late = expect(after(10_001)).rejects.toThrow('data source "Assistant" has not answered in 10 seconds, which is all that AppSync gives a model');
    await jest.advanceTimersByTimeAsync(10_001);

    expect(await intime).toEqual(said);
    await late;
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
