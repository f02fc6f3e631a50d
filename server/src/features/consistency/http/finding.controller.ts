import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ANONYMOUS } from '../../../platform/http/actor.js';
import { pageOf } from '../../../platform/http/page.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import { FindingRepository, type FindingRow } from '../data/finding.repository.js';
import { repairOf } from '../domain/consistency.js';
import { FindingNotFoundError, NotRepairableError } from '../domain/findings.js';
import { Finding, FindingList, ListFindingsParameters } from './consistency.schemas.js';

@ApiTags('system')
@Controller('api/findings')
export class FindingController {
  constructor(private readonly findings: FindingRepository) {}

  @Get()
  @ApiOperation({
    summary: 'List findings',
    description:
      'What the regular comparison of record and reality has found, the newest first. What loses nothing is repaired without being asked.',
  })
  @ApiResponse({ status: 200, description: 'One page.', standardSchema: FindingList })
  @ApiProblems('validation_failed')
  async listFindings(
    @Query({ schema: ListFindingsParameters }) query: z.output<typeof ListFindingsParameters>,
  ): Promise<z.input<typeof FindingList>> {
    const { rows, total } = await this.findings.list(query);
    return { findings: rows.map(toFinding), ...pageOf(total, query) };
  }

  @Post(':id/repair')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Repair a finding',
    description:
      'Removes what belongs to nobody, or to an instance that should have nothing. Never what Toygres has not made.',
  })
  @ApiParam({ name: 'id', description: 'Id of the finding.', example: '5f8b1c9e-3f0a-4d51-8d6a-1f0c2b3a4d5e' })
  @ApiResponse({ status: 202, description: 'The finding as it is now.', standardSchema: Finding })
  @ApiProblems('finding_not_found', 'not_repairable')
  async repairFinding(@Param('id') id: string): Promise<z.input<typeof Finding>> {
    const finding = await this.#find(id);
    if (finding.resolvedAt !== null) {
      throw new NotRepairableError('It is over already.');
    }
    if (repairOf(finding) === 'none') {
      throw new NotRepairableError(
        `What is missing of "${finding.k8sName}" can not be made out of nothing. Bring it back, or purge the instance.`,
      );
    }
    await this.findings.requestRepair(finding.id, ANONYMOUS);
    return toFinding(await this.#find(id));
  }

  async #find(id: string): Promise<FindingRow> {
    const finding = await this.findings.find(id);
    if (!finding) {
      throw new FindingNotFoundError(id);
    }
    return finding;
  }
}

function toFinding(row: FindingRow): z.input<typeof Finding> {
  return {
    id: row.id,
    code: row.code,
    instance_id: row.instanceId,
    instance_name: row.instanceName,
    k8s_name: row.k8sName,
    state: row.state,
    resource_kind: row.kind,
    resource: row.resource,
    bytes: row.bytes,
    since: row.since,
    found_at: row.foundAt,
    seen_at: row.seenAt,
    repair: repairOf(row),
    repair_requested_at: row.repairRequestedAt,
    error: row.error,
    resolved_at: row.resolvedAt,
    resolution: row.resolution,
  };
}
