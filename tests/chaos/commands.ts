import fc from 'fast-check';
import { expect } from 'vitest';
import { pause } from '../../server/src/platform/embedded-postgres/pause.js';
import type { InstanceState } from '../../server/src/features/instances/index.js';
import { until } from '../support/until.js';
import type { Answer, ChaosClient, KnownInstance } from './chaos-client.js';

/** What people do, one after the other, while others do the same and everything dies around them. */
export type ChaosCommand = fc.AsyncCommand<object, ChaosClient>;

/** Most instances of one client at a time. */
const MOST = 4;

/** How long somebody waits for an instance, and how often he looks, in milliseconds. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 100;

/** How long an item of a batch waits for its turn at most, in seconds: workers and the metadata server are away for a few. */
const TURN_SECONDS = 90;

/** Codes of refusals that are legal whatever is under way; every other one is a defect. */
const REFUSALS: ReadonlySet<unknown> = new Set([
  'orchestration_in_progress',
  'invalid_state',
  'deletion_protected',
  'not_cancellable',
  'not_retryable',
  'insufficient_capacity',
]);

/** @throws when it was neither accepted nor refused for a reason that people can do something about */
function judge(answer: Answer): boolean {
  if (answer.status === 202 || answer.status === 200) {
    return true;
  }
  expect(REFUSALS, JSON.stringify(answer)).toContain(answer.body['code']);
  expect(String(answer.body['error']).length).toBeGreaterThan(10);
  if (answer.body['code'] === 'orchestration_in_progress') {
    expect(answer.body['orchestration_id']).toEqual(expect.any(String));
  }
  return false;
}

/** Something that is done to one of the client's instances. */
class OnInstance implements ChaosCommand {
  constructor(
    private readonly what: string,
    private readonly index: number,
    private readonly act: (client: ChaosClient, instance: KnownInstance) => Promise<void>,
  ) {}

  check(): boolean {
    return true;
  }

  async run(_model: object, client: ChaosClient): Promise<void> {
    const instance = client.pick(this.index);
    if (instance) {
      await this.act(client, instance);
    }
  }

  toString(): string {
    return `${this.what}(${String(this.index)})`;
  }
}

/** Something that is done by a client. */
class ByClient implements ChaosCommand {
  constructor(
    private readonly what: string,
    private readonly act: (client: ChaosClient) => Promise<void>,
  ) {}

  check(): boolean {
    return true;
  }

  async run(_model: object, client: ChaosClient): Promise<void> {
    await this.act(client);
  }

  toString(): string {
    return this.what;
  }
}

const onInstance = (
  what: string,
  act: (client: ChaosClient, instance: KnownInstance) => Promise<void>,
): fc.Arbitrary<ChaosCommand> => fc.nat(MOST).map((index) => new OnInstance(what, index, act));

/** @param end where the instance ends when it is accepted, where the state of the answer does not say it */
const post = (what: string, end?: InstanceState): fc.Arbitrary<ChaosCommand> =>
  onInstance(what, async (client, instance) => {
    const answer = await client.ask('POST', `instances/${instance.id}/${what}`);
    if (judge(answer)) {
      client.accepted(instance, answer, end && [end]);
    }
  });

const remove = (what: string, query: string): fc.Arbitrary<ChaosCommand> =>
  onInstance(what, async (client, instance) => {
    const answer = await client.ask('DELETE', `instances/${instance.id}${query}`);
    if (judge(answer)) {
      client.accepted(instance, answer);
    } else {
      expect(answer.body['code']).toBe('deletion_protected');
      expect(instance.protected).toBe(true);
    }
  });

const create = new ByClient('create', async (client) => {
  if (client.there.length >= MOST) {
    return;
  }
  judge(await client.create());
});

/** Of many that ask for one name at the same time, one gets it. */
const race = new ByClient('race', async (client) => {
  const name = client.nextName();
  const answers = await Promise.all([1, 2, 3].map(() => client.create(name)));
  const codes = answers.map(({ body }) => body['code'] ?? 'accepted').toSorted();
  expect(codes.filter((code) => code === 'accepted').length).toBeLessThanOrEqual(1);
  expect(['accepted', 'name_taken', 'insufficient_capacity']).toEqual(expect.arrayContaining([...new Set(codes)]));
});

const taken = onInstance('create-taken', async (client, { id, name }) => {
  const { body, status } = await client.create(name);
  // It may have been purged meanwhile; then the name is free.
  if (status !== 202) {
    expect(['name_taken', 'insufficient_capacity']).toContain(body['code']);
  } else {
    expect((await client.ask('GET', `instances/${id}`)).body['state']).toBe('purged');
  }
});

/** A create that is called off may have succeeded before, and so on: what becomes of it is one of two. */
const CALLED_OFF: Readonly<Record<string, readonly InstanceState[]>> = {
  create: ['failed', 'running'],
  stop: ['running', 'stopped'],
  start: ['stopped', 'running'],
  undelete: ['deleted', 'running'],
};

const cancel = onInstance('cancel', async (client, instance) => {
  const answer = await client.ask('POST', `instances/${instance.id}/cancel`);
  if (judge(answer)) {
    const [kind = ''] = String(answer.body['orchestration_id']).split('-');
    client.accepted(instance, answer, CALLED_OFF[kind] ?? []);
  }
});

const retry = onInstance('retry', async (client, instance) => {
  const answer = await client.ask('POST', `instances/${instance.id}/retry`);
  if (judge(answer)) {
    client.accepted(instance, answer);
  }
});

const protect = (on: boolean): fc.Arbitrary<ChaosCommand> =>
  onInstance(on ? 'protect' : 'unprotect', async (client, instance) => {
    const { status } = await client.ask('PATCH', `instances/${instance.id}`, { deletion_protection: on });
    instance.protected = status === 200 ? on : instance.protected;
  });

const tag = onInstance('tag', async (client, instance) => {
  const team = instance.team === 'red' ? 'blue' : 'red';
  const { status } = await client.ask('PATCH', `instances/${instance.id}`, { tags: { team } });
  instance.team = status === 200 ? team : instance.team;
});

/** A person who waits for what was asked for, but not for ever. */
async function waitFor(client: ChaosClient, { id, ends }: KnownInstance): Promise<void> {
  const patience = Date.now() + PATIENCE_MS;
  while (Date.now() < patience) {
    const { body } = await client.ask('GET', `instances/${id}`);
    if (ends.has(body['state'] as InstanceState)) {
      return;
    }
    await pause(LOOK_MS, AbortSignal.timeout(10_000));
  }
}

const wait = onInstance('wait', waitFor);

const write = onInstance('write', async (client, instance) => {
  if (instance.ends.has('running')) {
    await waitFor(client, instance);
  }
  await client.write(instance);
});

const read = onInstance('read', async (client, { id, name }) => {
  const { status, body } = await client.ask('GET', `instances/${id}`);
  expect({ status, name: body['user_name'] }).toEqual({ status: 200, name });
});

const list = new ByClient('list', async (client) => {
  const { status } = await client.ask('GET', `instances?search=${client.name}&limit=100`);
  expect(status).toBe(200);
});

interface Item {
  readonly name: string;
  readonly status: string;
  readonly instance_id: string | null;
  readonly orchestration_id: string | null;
  readonly error_code: string | null;
}

/** Asks for a batch and waits until each item was begun or refused. */
async function batch(client: ChaosClient, path: string, body: object): Promise<readonly Item[]> {
  const answer = await client.ask('POST', `instances/${path}`, body);
  expect(answer.status, JSON.stringify(answer)).toBe(202);
  return until(
    'every item has had its turn',
    async () => {
      const { body } = await client.ask('GET', `batches/${String(answer.body['batch_id'])}`);
      return body['pending'] === 0 && (body['items'] as readonly Item[]);
    },
    TURN_SECONDS,
  );
}

const bulkCreate = new ByClient('bulk-create', async (client) => {
  if (client.there.length >= MOST) {
    return;
  }
  const items = await batch(client, 'bulk', {
    base_name: client.nextName(),
    count: 2,
    template: { postgres_version: '18', storage_size_gb: 10 },
  });
  for (const { name, instance_id: id, error_code: code } of items) {
    if (id === null) {
      expect(code).toBe('insufficient_capacity');
    } else {
      client.know(id, name);
    }
  }
});

const bulkDelete = new ByClient('bulk-delete', async (client) => {
  const wanted = client.there.slice(0, 3);
  if (wanted.length === 0) {
    return;
  }
  const items = await batch(client, 'bulk-delete', { names: wanted.map(({ id }) => id) });
  for (const [index, { orchestration_id: id, error_code: code }] of items.entries()) {
    const instance = wanted[index]!;
    if (id !== null) {
      instance.ends = new Set<InstanceState>([id.startsWith('purge-') ? 'purged' : 'deleted']);
    } else if (code !== null) {
      expect({ code, protected: instance.protected }).toEqual({ code: 'deletion_protected', protected: true });
    }
  }
});

/** How often each is done, compared with the others. */
const MENU: readonly (readonly [weight: number, command: fc.Arbitrary<ChaosCommand>])[] = [
  [4, fc.constant(create)],
  [1, fc.constant(race)],
  [1, taken],
  [3, post('stop')],
  [4, post('start', 'running')],
  [2, post('restart')],
  [3, post('undelete')],
  [2, remove('delete', '')],
  [1, remove('purge', '?purge=true')],
  [2, cancel],
  [2, retry],
  [1, protect(true)],
  [1, protect(false)],
  [1, tag],
  [3, wait],
  [6, write],
  [1, read],
  [1, fc.constant(list)],
  [1, fc.constant(bulkCreate)],
  [1, fc.constant(bulkDelete)],
];

export const chaosCommands = (length: number): fc.Arbitrary<Iterable<ChaosCommand>> =>
  fc.commands(
    MENU.flatMap(([weight, command]) => Array.from({ length: weight }, () => command)),
    { maxCommands: length, size: 'max' },
  );
