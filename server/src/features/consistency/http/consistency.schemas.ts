import { z } from 'zod';
import { pageShape } from '../../../platform/http/page.js';
import { flag, whole } from '../../../platform/http/query-parameters.js';
import { InstanceState } from '../../instances/http.js';
import { FINDING_CODES, REPAIRS, RESOURCE_KINDS } from '../domain/consistency.js';
import { RESOLUTIONS } from '../domain/findings.js';

const findingShape = {
  code: z.enum(FINDING_CODES).meta({
    id: 'FindingCode',
    description:
      '`unknown_resource`: it belongs to no instance. `left_over`: its instance should have none. `missing_resource`: its instance should have one. `drifted`: what was applied to it is not so any more.',
    example: 'left_over',
  }),
  instance_id: z.string().meta({ example: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11' }),
  instance_name: z.string().nullable().meta({ description: 'null where no instance is known.', example: 'proddb' }),
  k8s_name: z.string().meta({ description: 'Empty where that is not known either.', example: 'proddb-a1b2c3d4' }),
  state: InstanceState.nullable(),
  resource_kind: z.enum(RESOURCE_KINDS).meta({ example: 'directory' }),
  resource: z
    .string()
    .nullable()
    .meta({ description: 'Path, process id or port; null where it is missing.', example: '15432' }),
};

const ConsistencyFinding = z
  .object(findingShape)
  .meta({ id: 'ConsistencyFinding', description: 'Something that is not as the state of its instance implies.' });

export const Consistency = z
  .object({
    consistent: z.boolean().meta({ example: true }),
    findings: z.array(ConsistencyFinding).meta({ example: [] }),
    checked_at: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'Consistency', description: 'Whether exactly that is there which the instances imply.' });

export const Finding = z
  .object({
    id: z.uuid().meta({ example: '5f8b1c9e-3f0a-4d51-8d6a-1f0c2b3a4d5e' }),
    ...findingShape,
    bytes: z
      .int()
      .nullable()
      .meta({ description: 'Disk that it takes; null where it takes none.', example: 48_234_496 }),
    since: z.date().nullable().meta({ description: 'Since when it is there; null where that is not known.' }),
    found_at: z.date(),
    seen_at: z.date().meta({ description: 'When it was seen last.' }),
    repair: z.enum(REPAIRS).meta({
      description:
        '`automatic`: it is repaired without being asked. `on_request`: something is removed, so somebody has to ask. `none`: nothing can be done by itself.',
      example: 'on_request',
    }),
    repair_requested_at: z.date().nullable().meta({ description: 'When somebody asked for its repair.' }),
    error: z.string().nullable().meta({ description: 'Why the last repair failed, in a sentence.', example: null }),
    resolved_at: z.date().nullable().meta({ description: 'When it was seen to be over; null while it is open.' }),
    resolution: z.enum(RESOLUTIONS).nullable().meta({
      description: '`repaired`: by Toygres. `gone`: by itself, or by somebody else.',
      example: null,
    }),
  })
  .meta({ id: 'Finding', description: 'Something that was found not to be as the state of its instance implies.' });

export const FindingList = z
  .object({ findings: z.array(Finding), ...pageShape({ total: 1, page: 1, pages: 1 }) })
  .meta({ id: 'FindingList', description: 'One page of findings.' });

export const ListFindingsParameters = z.strictObject({
  resolved: flag.meta({ description: 'Those that are over, instead of those that are open.' }),
  page: whole(1, 1_000_000, 1).meta({ description: 'From 1.' }),
  limit: whole(1, 100, 20).meta({ description: 'Findings per page.' }),
});
