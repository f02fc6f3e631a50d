import { z } from 'zod';
import { InstanceState } from '../../instances/http.js';

const Finding = z
  .object({
    code: z.enum(['unknown_resource', 'left_over', 'missing_resource']).meta({
      description:
        '`unknown_resource`: it belongs to no instance. `left_over`: its instance should have none. `missing_resource`: its instance should have one.',
    }),
    instance_id: z.string().meta({ example: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11' }),
    instance_name: z.string().nullable().meta({ description: 'null where no instance is known.', example: 'proddb' }),
    k8s_name: z.string().meta({ description: 'Empty where that is not known either.', example: 'proddb-a1b2c3d4' }),
    state: InstanceState.nullable(),
    resource_kind: z.enum(['directory', 'process', 'port']),
    resource: z
      .string()
      .nullable()
      .meta({ description: 'Path, process id or port; null where it is missing.', example: '15432' }),
  })
  .meta({ id: 'ConsistencyFinding', description: 'Something that is not as the state of its instance implies.' });

export const Consistency = z
  .object({
    consistent: z.boolean().meta({ example: true }),
    findings: z.array(Finding).meta({ example: [] }),
    checked_at: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'Consistency', description: 'Whether exactly that is there which the instances imply.' });
