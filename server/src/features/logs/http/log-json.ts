import type { z } from 'zod';
import type { InstanceLogLine } from '../instance-logs.js';
import type { InstanceLogLine as Line } from './logs.schemas.js';

export function toLine({ id, time, severity, text }: InstanceLogLine): z.input<typeof Line> {
  return { id, time: time?.toISOString() ?? null, severity, text };
}
