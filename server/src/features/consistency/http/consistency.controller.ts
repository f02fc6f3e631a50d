import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ConsistencyService } from '../consistency.service.js';
import { Consistency } from './consistency.schemas.js';

@ApiTags('system')
@Controller('api/consistency')
export class ConsistencyController {
  constructor(private readonly consistency: ConsistencyService) {}

  @Get()
  @ApiOperation({
    summary: 'Compare record and reality',
    description:
      'Looks now at every resource of the data plane. Instances that something is under way with are left out, because what they have is changing.',
  })
  @ApiResponse({ status: 200, description: 'What was found.', standardSchema: Consistency })
  async getConsistency(): Promise<z.input<typeof Consistency>> {
    const { findings } = await this.consistency.check();
    return {
      consistent: findings.length === 0,
      findings: findings.map(({ code, instanceId, instanceName, k8sName, state, kind, resource }) => ({
        code,
        instance_id: instanceId,
        instance_name: instanceName,
        k8s_name: k8sName,
        state,
        resource_kind: kind,
        resource,
      })),
      checked_at: new Date().toISOString(),
    };
  }
}
