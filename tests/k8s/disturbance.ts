import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Why a test that needs {@link disturbance} is left out. */
export const NO_DISTURBANCE = 'TOYGRES_TEST_DISTURBANCE is not set';

/** What a cluster consists of beside its API server's own parts; `addons` gives addresses and volumes. */
export type Component = 'kube-apiserver' | 'kubelet' | 'addons' | 'kube-controller-manager' | 'kube-scheduler';

/** Disturbs the cluster itself, which no API of it can. */
export class Disturbance {
  constructor(
    private readonly program: string,
    private readonly first: readonly string[],
  ) {}

  /** Stops a component in the midst of what it does (SIGSTOP). */
  async pause(component: Component): Promise<void> {
    await this.#run('pause', component);
  }

  /** Lets it go on. */
  async resume(component: Component): Promise<void> {
    await this.#run('resume', component);
  }

  /** Ends it without a word. */
  async kill(component: Component): Promise<void> {
    await this.#run('kill', component);
  }

  async start(component: Component): Promise<void> {
    await this.#run('start', component);
  }

  /** Runs a program as a client outside the cluster that has an address. @returns what it writes. @throws when it fails */
  outside(address: string, command: readonly string[]): Promise<string> {
    return this.#run('outside', address, '--', ...command);
  }

  async #run(...parameters: readonly string[]): Promise<string> {
    const { stdout } = await run(this.program, [...this.first, ...parameters], { timeout: 60_000 });
    return stdout;
  }
}

/**
 * The command that TOYGRES_TEST_DISTURBANCE names, with its parameters between blanks, knows `pause`, `resume`, `kill` and `start` of a component,
 * and `outside ADDRESS -- COMMAND`.
 */
const [program, ...first] = (process.env['TOYGRES_TEST_DISTURBANCE'] ?? '').split(' ').filter((part) => part !== '');

export const disturbance = program === undefined ? undefined : new Disturbance(program, first);
