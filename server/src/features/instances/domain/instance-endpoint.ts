import { EndpointUnknownError } from './instance-errors.js';
import type { InstanceState } from './instance.js';

/** Where clients connect. */
export interface InstanceEndpoint {
  readonly host: string;
  readonly ip: string | null;
  readonly port: number;
}

interface Reachable {
  readonly name: string;
  readonly state: InstanceState;
  readonly endpointHost: string | null;
  readonly endpointIp: string | null;
  readonly endpointPort: number | null;
}

/** The endpoint of an instance that has one. @throws EndpointUnknownError */
export function endpointOf({ name, state, endpointHost, endpointIp, endpointPort }: Reachable): InstanceEndpoint {
  if (endpointHost === null || endpointPort === null || state === 'purged') {
    throw new EndpointUnknownError(name, state);
  }
  return { host: endpointHost, ip: endpointIp, port: endpointPort };
}
