import { isPortFree } from '../../platform/embedded-postgres/loopback-port.js';
import { pause } from '../../platform/embedded-postgres/pause.js';
import { DataPlaneError } from '../data-plane.js';
import type { PortLedger, PortRange } from './port-ledger.js';

/** How long somebody who only looks whether a port is free, and takes it for a moment to find out, may need, in milliseconds. */
const LOOK_MS = 50;

/** The port that the instance's own server listens on, or null while it has none. */
export type OwnPort = () => Promise<number | null>;

const NO_SERVER: OwnPort = () => Promise.resolve(null);

/** Gives ports to instances: those of the ledger that no stranger listens on. */
export class PortAllocation {
  constructor(
    private readonly ledger: PortLedger,
    private readonly range: PortRange,
  ) {}

  get total(): number {
    return this.range.last - this.range.first + 1;
  }

  /**
   * A free port for an instance whose server doesn't run and whose port nobody was told yet: the one that it holds, or
   * another one when a stranger has taken that.
   *
   * @param own asked in case that somebody else has started the server meanwhile
   * @throws DataPlaneError `insufficient_capacity`
   */
  async reserve(instanceId: string, signal: AbortSignal, own = NO_SERVER): Promise<number> {
    const taken: number[] = [];
    for (;;) {
      signal.throwIfAborted();
      const port = await this.ledger.claim(instanceId, this.range, taken);
      if (port === null) {
        throw this.exhausted();
      }
      if (!(await isStrangerAt(port, own, signal))) {
        return port;
      }
      taken.push(port);
    }
  }

  /**
   * The port of an instance that people connect to already, which therefore stays the same.
   *
   * @param own asked in case that somebody else has started the server meanwhile
   * @throws DataPlaneError `port_in_use` when a stranger has taken it meanwhile
   */
  async keep(instanceId: string, signal: AbortSignal, own: OwnPort): Promise<number> {
    const port = await this.ledger.find(instanceId);
    if (port === null) {
      throw new DataPlaneError(
        'not_ready',
        'The instance holds no port any more; delete it, or restore the metadata database.',
        false,
      );
    }
    if (await isStrangerAt(port, own, signal)) {
      throw new DataPlaneError(
        'port_in_use',
        `Port ${port} of the instance is used by another program; end that program and start the instance again.`,
        true,
      );
    }
    return port;
  }

  /** @throws DataPlaneError `insufficient_capacity` when every port is held */
  async admit(): Promise<void> {
    if ((await this.ledger.count()) >= this.total) {
      throw this.exhausted();
    }
  }

  private exhausted(): DataPlaneError {
    const { first, last } = this.range;
    return new DataPlaneError(
      'insufficient_capacity',
      `No port of ${first}-${last} is free: widen TOYGRES_INSTANCE_PORTS or delete an instance.`,
      false,
    );
  }
}

/** Looks twice: another start of the same instance takes the port for a moment to see whether it is free. */
async function isStrangerAt(port: number, own: OwnPort, signal: AbortSignal): Promise<boolean> {
  if (await isPortFree(port)) {
    return false;
  }
  await pause(LOOK_MS, signal);
  return !(await isPortFree(port)) && (await own()) !== port;
}
