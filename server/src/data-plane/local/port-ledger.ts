export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export interface LedgerEntry {
  readonly port: number;
  readonly instanceId: string;
  /** Since when it is held. */
  readonly since: Date;
}

/** Which instance holds which port, for all control-plane processes that share a machine. */
export abstract class PortLedger {
  /** @returns the port that the instance holds, or null */
  abstract find(instanceId: string): Promise<number | null>;

  /**
   * Gives an instance a port: the one that it holds, or the lowest of the range that nobody holds. A port in `skip` is not
   * given, and given up by the instance.
   *
   * @returns null when there is none left; the instance then holds none
   */
  abstract claim(instanceId: string, range: PortRange, skip: readonly number[]): Promise<number | null>;

  /** Does nothing for an instance that holds no port. */
  abstract release(instanceId: string): Promise<void>;

  abstract list(): Promise<readonly LedgerEntry[]>;

  /** How many ports are held. */
  abstract count(): Promise<number>;
}
