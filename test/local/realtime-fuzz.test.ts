/** Some 2,000 hostile frames and handshakes on a real port; `npm run fuzz:realtime` sends 100,000. */
import { carryOut, makeAttack, randomNumbers } from '../../bench/fuzz/attacks';
import { clientFrame, subscribe } from '../../bench/fanout/subscriber';
import { NotesServer } from '../clients/notes-server';

test('lives through hostile frames and handshakes, and a healthy client hears of every event in between', async () => {
  const notes = await NotesServer.start();
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  process.on('unhandledRejection', onRejection);
  try {
    const heard: string[] = [];
    let isOpen = true;
    const target = { url: notes.url('http'), apiKey: notes.apiKey };
    const healthy = await subscribe(target, {
      query: 'subscription { onNote { id body } }',
      onData: (frame) => heard.push((JSON.parse(String(frame)) as { payload: { data: { onNote: { id: string } } } }).payload.data.onNote.id),
      onClose: () => (isOpen = false),
    });
    const random = randomNumbers(20_261_122);
    const { pathname } = new URL(target.url);
    const victim = { hostname: 'localhost', port: notes.port, path: pathname, apiKey: notes.apiKey, subscriptionField: 'onNote', mutation: 'mutation { addNote(id: "1", room: "a") { id } }' };
    const sent: string[] = [];
    for (let round = 0; round < 25; round++) {
      await Promise.all(Array.from({ length: 10 }, () => carryOut(victim, makeAttack(random, victim, 8))));
      const id = `event ${round}`;
      sent.push(id);
      const body = JSON.stringify({ query: 'mutation($id: ID!) { addNote(id: $id, room: "a", body: "b") { id body } }', variables: { id } });
      const response = await fetch(target.url, { method: 'POST', headers: { 'x-api-key': notes.apiKey }, body });
      expect(await response.json()).toEqual({ data: { addNote: { id, body: 'b' } } });
    }
    while (heard.length < sent.length && isOpen) await new Promise((resolve) => setImmediate(resolve));
    healthy.write(clientFrame('{"type":"stop","id":"00000000-0000-0000-0000-000000000000"}'));
    await notes.subscribed(0);
    healthy.destroy();

    expect(heard).toEqual(sent);
    expect(notes.lines.filter((line) => /failed|bug|internal error/i.test(line))).toEqual([]);
    expect(rejections).toEqual([]);
  } finally {
    process.off('unhandledRejection', onRejection);
    await notes.dispose();
  }
});
