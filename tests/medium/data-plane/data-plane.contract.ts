import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type DataPlane,
  DataPlaneError,
  type InstanceSpec,
  type LogLine,
  type LogQuery,
  MONITORING_ROLE,
} from '../../../server/src/data-plane/data-plane.js';
import { pause } from '../../../server/src/platform/embedded-postgres/pause.js';
import { scramVerifier } from '../../../server/src/platform/crypto/scram.js';
import { until } from '../../support/until.js';

/** What an adapter brings along to be tested. */
export interface DataPlaneHarness {
  /** The adapter, ready to use. Called once, before the first test. */
  start(): Promise<DataPlane>;
  /** A second adapter on the same state, as a control plane has after it was killed. */
  restart(): Promise<DataPlane>;
  /** Ends the server of an instance without any warning, as the kernel does when memory runs out. */
  kill(spec: InstanceSpec): Promise<void>;
  /** Takes everything away. */
  stop(): Promise<void>;
  /** Where instances are made; asked after {@link start}. */
  namespace(): string;
  /** Whether something else starts a server again that has died. */
  readonly comesBack: boolean;
  /** Whether the tests reach instances through load balancers: they run outside the cluster. */
  readonly useLoadBalancer: boolean;
  /** How long it may take until an address leads to a server that accepts connections, in milliseconds. */
  readonly reachableMs: number;
}

/** Codes of a connection that does not come about. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']);

const SUPERUSER_PASSWORD = 'p@ss: "wörd\' \\ 1';
const MONITORING_PASSWORD = 'monitor';

/** The steps of a create, in order. */
const STEPS = ['reserve', 'prepareVolume', 'configure', 'start'] as const;

/**
 * The suite that every adapter of the data plane passes.
 *
 * @param versions major versions that whole life cycles are run with; details are tried with the first
 */
export function describeDataPlane(
  name: string,
  harness: DataPlaneHarness,
  versions: readonly [string, ...string[]],
): void {
  describe(`data plane ${name}`, { timeout: 120_000 }, () => {
    const never = new AbortController().signal;
    const made: InstanceSpec[] = [];
    let plane: DataPlane;

    const newSpec = async (postgresVersion = versions[0]): Promise<InstanceSpec> => {
      const instanceId = randomUUID();
      const k8sName = `contract-${randomBytes(4).toString('hex')}`;
      const spec = {
        instanceId,
        k8sName,
        namespace: harness.namespace(),
        postgresVersion,
        storageSizeGb: 10,
        useLoadBalancer: harness.useLoadBalancer,
        dnsLabel: k8sName,
        tags: {},
        imageType: 'stock' as const,
        image: null,
        superuserVerifier: await scramVerifier(SUPERUSER_PASSWORD),
        monitoringVerifier: await scramVerifier(MONITORING_PASSWORD),
      };
      made.push(spec);
      return spec;
    };

    const createUpTo = async (last: (typeof STEPS)[number], spec: InstanceSpec): Promise<InstanceSpec> => {
      for (const step of STEPS.slice(0, STEPS.indexOf(last) + 1)) {
        await plane[step](spec, never);
      }
      return spec;
    };

    const logIn = async <Row extends pg.QueryResultRow>(
      spec: InstanceSpec,
      sql: string,
      { user = 'postgres', password = SUPERUSER_PASSWORD } = {},
    ): Promise<Row | undefined> => {
      const { ip, port } = await plane.endpoint(spec, never);
      const client = await connect({ host: ip ?? '', port, user, password, database: 'postgres' });
      try {
        return (await client.query<Row>(sql)).rows[0];
      } finally {
        await client.end();
      }
    };

    const connect = async (config: pg.ClientConfig): Promise<pg.Client> => {
      const end = performance.now() + harness.reachableMs;
      for (;;) {
        const client = new pg.Client(config);
        // A server that is killed in mid-test ends the session with an error event.
        client.on('error', () => undefined);
        try {
          await client.connect();
          return client;
        } catch (error) {
          if (!UNREACHABLE.has((error as NodeJS.ErrnoException).code ?? '') || performance.now() > end) {
            throw error;
          }
          await pause(100, never);
        }
      }
    };

    const say = (spec: InstanceSpec, ...marks: readonly string[]) =>
      logIn(spec, `DO $$ BEGIN ${marks.map((mark) => `RAISE LOG '${mark}';`).join(' ')} END $$`);

    const logOf = async (spec: InstanceSpec, query: Partial<LogQuery> = {}): Promise<LogLine[]> =>
      Array.fromAsync(await plane.logs(spec, { tailLines: 1_000, ...query }, never));

    const textOf = (lines: readonly LogLine[]) => lines.map(({ text }) => text).join('\n');

    const follow = async (spec: InstanceSpec, query: Partial<LogQuery> = {}, signal = never) => {
      const end = new AbortController();
      const following = { tailLines: 1_000, follow: true, ...query };
      const found = await plane.logs(spec, following, AbortSignal.any([signal, end.signal]));
      const lines: LogLine[] = [];
      const ended = (async () => {
        for await (const line of found) {
          lines.push(line);
        }
      })();
      ended.catch(() => undefined);
      return {
        lines,
        ended,
        hears: (mark: string) => until(`"${mark}" is heard`, async () => textOf(lines).includes(mark)),
        [Symbol.asyncDispose]: async () => {
          end.abort(new Error('disposed'));
          await ended.catch(() => undefined);
        },
      };
    };

    const ownedBy = async ({ instanceId }: InstanceSpec) =>
      (await plane.list()).filter((owned) => owned.instanceId === instanceId);

    beforeAll(async () => {
      plane = await harness.start();
    });

    afterEach(async () => {
      for (const spec of made.splice(0)) {
        await plane.remove(spec, never);
      }
    });

    afterAll(async () => {
      await harness.stop();
    });

    describe.each(versions)('with PostgreSQL %s', (version) => {
      it('makes a server of that version with a monitoring role that is no superuser, and removes it', async () => {
        const spec = await newSpec(version);
        await plane.admit(spec);
        expect(await plane.observe(spec)).toMatchObject({ status: 'absent' });

        await createUpTo('start', spec);

        expect(await plane.observe(spec)).toMatchObject({ status: 'running', fault: null });
        expect(await logIn(spec, 'SHOW server_version')).toMatchObject({
          server_version: expect.stringMatching(`^${version}\\.`) as unknown,
        });
        expect(await logIn(spec, 'SHOW data_checksums')).toEqual({ data_checksums: 'on' });
        expect(
          await logIn(spec, "SELECT lower('ÄÖ') AS lower, current_setting('server_encoding') AS encoding"),
        ).toEqual({ lower: 'äö', encoding: 'UTF8' });

        const monitor = { user: MONITORING_ROLE, password: MONITORING_PASSWORD };
        expect(
          await logIn(
            spec,
            "SELECT rolsuper, rolcreaterole, rolcreatedb, pg_has_role('pg_monitor', 'USAGE') AS monitors FROM pg_roles WHERE rolname = current_user",
            monitor,
          ),
        ).toEqual({ rolsuper: false, rolcreaterole: false, rolcreatedb: false, monitors: true });
        await expect(logIn(spec, 'CREATE ROLE intruder', monitor)).rejects.toMatchObject({ code: '42501' });

        await plane.stop(spec, never);
        await plane.remove(spec, never);
        expect(await plane.observe(spec)).toMatchObject({ status: 'absent' });
        expect(await ownedBy(spec)).toEqual([]);
      });
    });

    it('offers versions with their releases, the newest marked', async () => {
      const { versions: offered } = await plane.capabilities();
      expect(offered.map(({ major }) => major)).toEqual(expect.arrayContaining([...versions]));
      expect(offered.filter(({ latest }) => latest)).toHaveLength(1);
      for (const { major, release } of offered) {
        expect(release).toMatch(new RegExp(`^${major}(\\.|$)`));
      }
    });

    it('refuses a version that it does not have', async () => {
      const spec = await newSpec('9');
      await expect(plane.admit(spec)).rejects.toMatchObject({ code: 'unsupported_version', retryable: false });
      await expect(plane.prepareVolume(spec, never)).rejects.toMatchObject({ code: 'unsupported_version' });
      expect(await plane.observe(spec)).toMatchObject({ status: 'absent' });
    });

    it('lets nobody in with a wrong password, without one, or as somebody else', async () => {
      const spec = await createUpTo('start', await newSpec());
      await expect(logIn(spec, 'SELECT 1', { password: `${SUPERUSER_PASSWORD} ` })).rejects.toMatchObject({
        code: '28P01',
      });
      await expect(logIn(spec, 'SELECT 1', { password: '' })).rejects.toThrow();
      await expect(logIn(spec, 'SELECT 1', { password: spec.superuserVerifier })).rejects.toMatchObject({
        code: '28P01',
      });
      await expect(logIn(spec, 'SELECT 1', { user: 'nobody' })).rejects.toMatchObject({ code: '28P01' });
    });

    it('may be told everything twice', async () => {
      const spec = await newSpec();
      for (const step of STEPS) {
        await plane[step](spec, never);
        await plane[step](spec, never);
      }
      const endpoint = await plane.endpoint(spec, never);
      const { pid } = await plane.observe(spec);
      // A worker that was slow tells everything again when it is long done.
      await createUpTo('start', spec);
      expect(await plane.endpoint(spec, never)).toEqual(endpoint);
      expect((await plane.observe(spec)).pid).toBe(pid);
      expect(await logIn(spec, 'SELECT 1 AS one')).toEqual({ one: 1 });

      await plane.stop(spec, never);
      await plane.stop(spec, never);
      expect(await plane.observe(spec)).toMatchObject({ status: 'stopped' });
      await plane.remove(spec, never);
      await plane.remove(spec, never);
      expect(await plane.observe(spec)).toMatchObject({ status: 'absent' });
    });

    it('makes one server when several start it at once, the first time and again', async () => {
      const spec = await createUpTo('configure', await newSpec());
      const startAtOnce = () => Promise.all([1, 2, 3].map(() => plane.start(spec, never)));
      await startAtOnce();
      expect(await logIn(spec, 'SELECT 1 AS one')).toEqual({ one: 1 });
      const endpoint = await plane.endpoint(spec, never);
      await plane.stop(spec, never);
      await startAtOnce();
      expect(await logIn(spec, 'SELECT 1 AS one')).toEqual({ one: 1 });
      expect(await plane.endpoint(spec, never)).toEqual(endpoint);
      expect((await ownedBy(spec)).filter(({ kind }) => kind === 'process').length).toBeLessThanOrEqual(1);
    });

    it('refuses to configure a running server with other passwords', async () => {
      const spec = await createUpTo('start', await newSpec());
      const other = { ...spec, superuserVerifier: await scramVerifier('other') };
      await expect(plane.configure(other, never)).rejects.toMatchObject({ code: 'configure_failed' });
      expect(await logIn(spec, 'SELECT 1 AS one')).toEqual({ one: 1 });
      await plane.stop(spec, never);
      await plane.configure(other, never);
      await plane.start(spec, never);
      expect(await logIn(spec, 'SELECT 1 AS one', { password: 'other' })).toEqual({ one: 1 });
    });

    it('refuses a plain password in place of a verifier, and does not repeat it', async () => {
      const spec = { ...(await createUpTo('prepareVolume', await newSpec())), superuserVerifier: 'canary' };
      const error = await plane.configure(spec, never).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(DataPlaneError);
      expect(error).toMatchObject({ code: 'configure_failed', retryable: false });
      expect(JSON.stringify(error)).not.toContain('canary');
    });

    it('keeps data and endpoint over a stop', async () => {
      const spec = await createUpTo('start', await newSpec());
      const endpoint = await plane.endpoint(spec, never);
      await logIn(spec, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await plane.stop(spec, never);
      expect(await plane.observe(spec)).toEqual({ status: 'stopped', pid: null, fault: null });
      await expect(logIn(spec, 'SELECT 1')).rejects.toThrow();
      await plane.start(spec, never);
      expect(await plane.endpoint(spec, never)).toEqual(endpoint);
      expect(await logIn(spec, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
    });

    it('gives every instance an identity, an endpoint and data of its own', async () => {
      const specs = await Promise.all(Array.from({ length: 3 }, () => newSpec()));
      await Promise.all(specs.map((spec) => createUpTo('start', spec)));
      const rows = await Promise.all(
        specs.map((spec) =>
          logIn<{ id: string }>(spec, 'SELECT system_identifier::text AS id FROM pg_control_system()'),
        ),
      );
      expect(new Set(rows.map((row) => row?.id)).size).toBe(3);
      const endpoints = await Promise.all(specs.map((spec) => plane.endpoint(spec, never)));
      expect(new Set(endpoints.map(({ host, port }) => `${host}:${port}`)).size).toBe(3);
    });

    it.each(STEPS)('removes an instance that was made no further than %s', async (last) => {
      const spec = await createUpTo(last, await newSpec());
      await plane.remove(spec, never);
      expect(await plane.observe(spec)).toMatchObject({ status: 'absent' });
      expect(await ownedBy(spec)).toEqual([]);
      await expect(plane.endpoint(spec, never)).rejects.toMatchObject({ code: 'not_ready' });
    });

    it('removes what was never made', async () => {
      await expect(plane.remove(await newSpec(), never)).resolves.toBeUndefined();
    });

    it('lists what belongs to an instance', async () => {
      const spec = await createUpTo('start', await newSpec());
      const owned = await ownedBy(spec);
      expect(owned.length).toBeGreaterThan(0);
      for (const { k8sName } of owned) {
        expect(k8sName).toBe(spec.k8sName);
      }
    });

    it('measures what belongs to an instance, and what is gone not at all', async () => {
      const spec = await createUpTo('start', await newSpec());
      const owned = await ownedBy(spec);
      const measures = await Promise.all(owned.map((resource) => plane.measure(resource)));
      // Its data take as much as an empty PostgreSQL does, whatever they are called.
      expect(Math.max(...measures.map(({ bytes }) => bytes ?? 0))).toBeGreaterThan(20e6);
      await plane.remove(spec, never);
      expect(await Promise.all(owned.map((resource) => plane.measure(resource)))).toEqual(
        owned.map(() => ({ bytes: null, since: null })),
      );
    });

    it('removes everything under a label, and nothing that bears another one', async () => {
      const spec = await createUpTo('start', await newSpec());
      const [owned] = await ownedBy(spec);
      await plane.removeOwned({ ...owned!, instanceId: randomUUID() }, never);
      expect(await logIn(spec, 'SELECT 1 AS one')).toEqual({ one: 1 });
      await plane.removeOwned(owned!, never);
      expect(await ownedBy(spec)).toEqual([]);
      await plane.removeOwned(owned!, never);
    });

    it('applies again what it has applied, and finds no drift then', async () => {
      const spec = await createUpTo('start', await newSpec());
      expect(await plane.drift(spec)).toEqual([]);
      await plane.reapply(spec, never);
      expect(await plane.drift(spec)).toEqual([]);
      expect(await logIn(spec, 'SELECT 1 AS one')).toEqual({ one: 1 });
    });

    it('says in plain words what is missing', async () => {
      const spec = await newSpec();
      await expect(plane.endpoint(spec, never)).rejects.toMatchObject({ code: 'not_ready' });
      await expect(plane.configure(spec, never)).rejects.toMatchObject({ code: 'data_missing', retryable: false });
      await expect(plane.start(spec, never)).rejects.toMatchObject({ code: 'data_missing', retryable: false });
      await expect(plane.stop(spec, never)).resolves.toBeUndefined();
      expect(await logOf(spec)).toEqual([]);
    });

    it('shows the last lines of the log, oldest first, with their times', async () => {
      const spec = await createUpTo('start', await newSpec());
      const before = new Date(Date.now() - 60_000);
      await say(spec, 'first mark', 'second mark');
      const lines = await until('the marks are in the log', async () => {
        const found = await logOf(spec, { tailLines: 4 });
        return textOf(found).includes('second mark') && found;
      });
      expect(textOf(lines)).toMatch(/first mark[^]*second mark/);
      expect(lines.find(({ text }) => text.includes('first mark'))?.time?.getTime()).toBeGreaterThan(before.getTime());
      expect(await logOf(spec, { tailLines: 2 })).toHaveLength(2);
      expect(textOf(await logOf(spec, { since: before }))).toContain('first mark');
      expect(await logOf(spec, { since: new Date(Date.now() + 60_000) })).toEqual([]);
    });

    it('follows the log over a stop and a start, and goes on behind any line', async () => {
      const spec = await createUpTo('start', await newSpec());
      await using follower = await follow(spec);
      await say(spec, 'mark one');
      await follower.hears('mark one');
      await say(spec, 'mark two');
      await follower.hears('mark two');
      const position = follower.lines.find(({ text }) => text.includes('mark one'))?.cursor ?? '';
      await plane.stop(spec, never);
      await plane.start(spec, never);
      await say(spec, 'mark three');
      await follower.hears('mark three');
      await using other = await follow(spec, { after: position });
      await say(spec, 'mark four');
      await Promise.all([follower.hears('mark four'), other.hears('mark four')]);
      const marks = (lines: readonly LogLine[]) =>
        lines.flatMap(({ text }) => /LOG: {2}(mark \w+)/.exec(text)?.[1] ?? []);
      expect(marks(follower.lines)).toEqual(['mark one', 'mark two', 'mark three', 'mark four']);
      // A cluster keeps nothing of a pod that is gone.
      expect(marks(other.lines).filter((mark) => mark !== 'mark two')).toEqual(['mark three', 'mark four']);
      if (!harness.comesBack) {
        expect(marks(other.lines)).toContain('mark two');
      }
    });

    it('stops following when it is told to, and when the instance is removed', async () => {
      const spec = await createUpTo('start', await newSpec());
      const end = new AbortController();
      await using left = await follow(spec, {}, end.signal);
      await using stayed = await follow(spec);
      await say(spec, 'a mark');
      await Promise.all([left.hears('a mark'), stayed.hears('a mark')]);
      end.abort(new Error('enough'));
      await expect(left.ended).rejects.toThrow('enough');
      await plane.remove(spec, never);
      await expect(stayed.ended).resolves.toBeUndefined();
    });

    it('has the log of the run before one that ended without warning, and of none before the first', async () => {
      const spec = await createUpTo('start', await newSpec());
      await expect(logOf(spec, { previous: true })).rejects.toMatchObject({ code: 'no_previous_log' });
      await say(spec, 'in the first run');
      await until('it is in the log', async () => textOf(await logOf(spec)).includes('in the first run'));
      await harness.kill(spec);
      await plane.start(spec, never);
      await say(spec, 'in the second run');
      await until('it is in the log', async () => textOf(await logOf(spec)).includes('in the second run'));
      const previous = textOf(await logOf(spec, { previous: true }));
      expect(previous).toContain('in the first run');
      expect(previous).not.toContain('in the second run');
    });

    it('sees a server die, and not one that is stopped', { timeout: 60_000 }, async () => {
      const [victim, stopped] = [
        await createUpTo('start', await newSpec()),
        await createUpTo('start', await newSpec()),
      ];
      const end = new AbortController();
      const seen: string[] = [];
      const seenVictim = Promise.withResolvers<string>();
      const watching = plane.watch((instanceId) => {
        seen.push(instanceId);
        if (instanceId === victim.instanceId) {
          seenVictim.resolve(instanceId);
        }
      }, end.signal);
      await plane.stop(stopped, never);
      await harness.kill(victim);
      await seenVictim.promise;
      end.abort();
      await watching;
      expect(seen).not.toContain(stopped.instanceId);
      if (!harness.comesBack) {
        expect(await plane.observe(victim)).toMatchObject({
          status: 'exited',
          fault: { code: 'server_exited', reason: expect.any(String) as unknown },
        });
      }
    });

    it('starts a server again that was killed, with all that was committed', async () => {
      const spec = await createUpTo('start', await newSpec());
      await logIn(spec, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await harness.kill(spec);
      await plane.start(spec, never);
      expect(await logIn(spec, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
    });

    it('finds everything again after the control plane was replaced', async () => {
      const spec = await createUpTo('start', await newSpec());
      const [observation, endpoint] = [await plane.observe(spec), await plane.endpoint(spec, never)];
      const successor = await harness.restart();
      await successor.start(spec, never);
      expect(await successor.observe(spec)).toEqual(observation);
      expect(await successor.endpoint(spec, never)).toEqual(endpoint);
      await successor.remove(spec, never);
      expect(await plane.observe(spec)).toMatchObject({ status: 'absent' });
    });

    it.each(STEPS)('stops waiting in %s when it is told to, and converges when asked again', async (step) => {
      const before = STEPS[STEPS.indexOf(step) - 1];
      for (const delay of step === 'reserve' ? [0] : [0, 10, 30]) {
        const spec = before === undefined ? await newSpec() : await createUpTo(before, await newSpec());
        const reason = new Error('deadline');
        const outcome = await abortAfter(delay, reason, (signal) => plane[step](spec, signal));
        expect([undefined, reason]).toContain(outcome);
        if (step === 'start' && outcome === reason) {
          expect((await plane.observe(spec)).status).not.toBe('running');
        }
        await createUpTo('start', spec);
        expect(await logIn(spec, 'SELECT 1 AS one')).toEqual({ one: 1 });
      }
    });

    it('does nothing for a caller that has given up already', async () => {
      const spec = await createUpTo('start', await newSpec());
      const gone = AbortSignal.abort(new Error('gone'));
      for (const step of [...STEPS, 'stop', 'remove'] as const) {
        await expect(plane[step](spec, gone)).rejects.toThrow('gone');
      }
      expect(await plane.observe(spec)).toMatchObject({ status: 'running' });
    });
  });
}

/** @returns what the work rejected with, or undefined */
async function abortAfter(
  milliseconds: number,
  reason: Error,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<unknown> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(reason), milliseconds);
  try {
    await work(abort.signal);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    clearTimeout(timer);
  }
}
