import type { HealthHistory, InstanceDetails, OrchestrationRecord, Problem, TimelineEvent } from '#sdk';
import { ToygresError } from '#sdk';
import type { ApiDouble } from './console';
import { someCapabilities, someStats } from './samples';

export interface DetailsGiven {
  readonly get: (name: string) => Promise<InstanceDetails>;
  readonly health?: Partial<HealthHistory>;
  readonly events?: readonly TimelineEvent[];
  readonly operations?: readonly OrchestrationRecord[];
}

/** The part of the API that the details page and its tabs ask. */
export function detailsApi({ get, health, events = [], operations = [] }: DetailsGiven) {
  return {
    stats: vi.fn(() => Promise.resolve(someStats())),
    capabilities: vi.fn(() => Promise.resolve(someCapabilities())),
    instances: {
      get: vi.fn(get),
      health: vi.fn(() =>
        Promise.resolve<HealthHistory>({
          current_status: 'healthy',
          last_check: '2026-11-14T12:00:00Z',
          history: [],
          buckets: [],
          uptime_percent: null,
          ...health,
        }),
      ),
      timeline: vi.fn(() => Promise.resolve({ events: [...events], next_before: null as string | null })),
      credentials: vi.fn(() =>
        Promise.resolve({
          username: 'postgres',
          password: 'SecurePass123!',
          database: 'postgres',
          host: 'localhost',
          port: 15432,
          dns_connection_string: 'postgresql://postgres:SecurePass123!@localhost:15432/postgres',
          ip_connection_string: 'postgresql://postgres:SecurePass123!@127.0.0.1:15432/postgres',
        }),
      ),
    },
    orchestrations: {
      list: vi.fn(() =>
        Promise.resolve({ orchestrations: [...operations], total: operations.length, page: 1, pages: 1 }),
      ),
    },
  } satisfies ApiDouble;
}

/** An answer of the server that is a refusal. */
export function refusal(status: number, code: string, message: string, more: Partial<Problem> = {}): ToygresError {
  const problem = { type: 'about:blank', title: '', status, code, detail: message, error: message, instance: '' };
  return new ToygresError({ status, code, message, problem: { ...problem, ...more } });
}
