// Waiting for a worker: one answer for one call, and an end for workers that fail, hang or are given up.
import { expect, test } from '@playwright/test';
import { ask, WorkerError } from '../../../extension/ui/worker.ts';

class FakeWorker extends EventTarget {
  terminated = false;
  readonly calls: { id: number }[] = [];
  postMessage(call: { id: number }): void {
    this.calls.push(call);
  }
  terminate(): void {
    this.terminated = true;
  }
  answer(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}
const start = (): { fake: FakeWorker; worker: Worker } => {
  const fake = new FakeWorker();
  return { fake, worker: fake as unknown as Worker };
};
const idOf = (fake: FakeWorker, call = 0): number => fake.calls[call]?.id ?? -1;

test('each call gets its own answer', async () => {
  const { fake, worker } = start();
  const first = ask(worker, {}, { timeoutMs: 1000 });
  const second = ask(worker, {}, { timeoutMs: 1000 });
  fake.answer({ id: idOf(fake, 1), ok: true, value: 'b' });
  fake.answer({ id: idOf(fake, 0), ok: true, value: 'a' });
  expect(await Promise.all([first, second])).toEqual(['a', 'b']);
  expect(fake.terminated).toBe(false);
});

test('a refusal carries its code and reason and ends nothing', async () => {
  const { fake, worker } = start();
  const asked = ask(worker, {}, { timeoutMs: 1000 });
  fake.answer({ id: idOf(fake), ok: false, code: 'invalid', reason: 'empty' });
  const failure = await asked.catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(WorkerError);
  expect(failure).toMatchObject({ code: 'invalid', reason: 'empty' });
  expect(fake.terminated).toBe(false);
});

test('S-02: a worker that does not answer in time is ended', async () => {
  const { fake, worker } = start();
  await expect(ask(worker, {}, { timeoutMs: 20 })).rejects.toMatchObject({ code: 'internal' });
  expect(fake.terminated).toBe(true);
});

test('a worker that breaks is ended', async () => {
  for (const event of ['error', 'messageerror']) {
    const { fake, worker } = start();
    const asked = ask(worker, {}, { timeoutMs: 1000 });
    fake.dispatchEvent(new Event(event));
    await expect(asked).rejects.toMatchObject({ code: 'internal' });
    expect(fake.terminated).toBe(true);
  }
});

test('giving up ends the worker, unless others wait for it too', async () => {
  for (const shared of [false, true]) {
    const { fake, worker } = start();
    const job = new AbortController();
    const asked = ask(worker, {}, { timeoutMs: 1000, signal: job.signal, shared });
    job.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(fake.terminated).toBe(!shared);
    await expect(ask(worker, {}, { timeoutMs: 1000, signal: job.signal, shared })).rejects.toMatchObject({ name: 'AbortError' });
    expect(fake.calls.length).toBe(1);
  }
});
