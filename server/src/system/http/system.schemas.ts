import { z } from 'zod';

const Component = z
  .object({
    status: z.enum(['ok', 'failing']),
    reason: z.string().nullable().meta({ description: 'What is wrong.' }),
  })
  .meta({ id: 'ReadinessComponent' });

export const Liveness = z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' });

export const ReadinessReport = z
  .object({
    status: z.enum(['ok', 'failing']),
    components: z.object({ database: Component, queue: Component, data_plane: Component, migrations: Component }),
  })
  .meta({ id: 'Readiness' });
