import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { ANONYMOUS } from '../../../platform/http/actor.js';
import {
  ApiIdempotent,
  IdempotencyKey,
  markReplayed,
  REPLAYED_HEADER,
} from '../../../platform/http/idempotency-key.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { pageOf } from '../../../platform/http/page.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import type { IdempotencyRequest } from '../../../platform/idempotency/idempotency.js';
import { ConnectionTest } from '../connection-test.js';
import { InstanceQueries } from '../data/instance.queries.js';
import type { ListSort } from '../data/list-filter.js';
import { InstanceNotFoundError } from '../domain/instance-errors.js';
import { InstanceService } from '../instance.service.js';
import { toCreateInstance } from './create-instance.js';
import { toDetails, toSummary } from './instance.presenter.js';
import {
  ConnectionTestResult,
  CreateInstanceRequest,
  CreateInstanceResponse,
  InstanceCredentials,
  InstanceDetails,
  InstanceList,
  ListInstancesParameters,
  NAME_PARAMETER,
  NameAvailability,
  UpdateInstanceRequest,
} from './instance.schemas.js';
import { InstanceName } from './instance-name.pipe.js';

@ApiTags('instances')
@Controller('api')
export class InstanceController {
  constructor(
    private readonly instances: InstanceService,
    private readonly queries: InstanceQueries,
    private readonly connection: ConnectionTest,
  ) {}

  @Get('instances')
  @ApiOperation({ summary: 'List instances', description: 'Filtered, sorted and paged. Passwords are masked.' })
  @ApiResponse({ status: 200, description: 'One page.', standardSchema: InstanceList })
  @ApiProblems('validation_failed')
  async listInstances(
    @Query({ schema: ListInstancesParameters }) query: z.output<typeof ListInstancesParameters>,
  ): Promise<z.input<typeof InstanceList>> {
    const { rows, total } = await this.queries.list({
      states: query.state,
      healths: query.health,
      versions: query.version,
      createdAfter: query.created_after,
      createdBefore: query.created_before,
      tags: query.tag.map((tag) => tag.split(':', 2) as [string, string]),
      search: query.search,
      sort: query.sort.replace(/^-/, '') as ListSort,
      descending: query.sort.startsWith('-'),
      page: query.page,
      limit: query.limit,
    });
    return { instances: rows.map(toSummary), ...pageOf(total, query) };
  }

  @Post('instances')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Create an instance',
    description: 'Reserves the name and starts the creation. Follow `orchestration_id`, or the event stream.',
  })
  @ApiIdempotent()
  @ApiResponse({
    status: 202,
    description: 'Accepted.',
    standardSchema: CreateInstanceResponse,
    headers: { Location: { description: 'The instance.', schema: { type: 'string' } }, ...REPLAYED_HEADER },
  })
  @ApiProblems(
    'validation_failed',
    'invalid_json',
    'invalid_utf8',
    'invalid_idempotency_key',
    'name_taken',
    'body_too_large',
    'unsupported_media_type',
    'unsupported',
    'registry_not_allowed',
    'insufficient_capacity',
    'idempotency_key_reused',
  )
  async createInstance(
    @Body({ schema: CreateInstanceRequest }) body: z.output<typeof CreateInstanceRequest>,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof CreateInstanceResponse>> {
    const { response, replayed } = await this.instances.create(toCreateInstance(body), ANONYMOUS, key);
    void reply.header('Location', `/api/instances/${body.name}`);
    markReplayed(reply, replayed);
    return response;
  }

  @Get('instances/:name')
  @ApiOperation({ summary: 'Read an instance', description: 'By its id also when it is deleted.' })
  @ApiParam(NAME_PARAMETER)
  @ApiResponse({
    status: 200,
    description: 'The instance.',
    standardSchema: InstanceDetails,
    headers: { ETag: { description: 'The revision.', schema: { type: 'string' } } },
  })
  @ApiProblems('instance_not_found')
  async getInstance(
    @Param('name', InstanceName) name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof InstanceDetails>> {
    const row = await this.queries.findOne(name);
    if (!row) {
      throw new InstanceNotFoundError(name);
    }
    void reply.header('ETag', `"${String(row.revision)}"`);
    return toDetails(row);
  }

  @Patch('instances/:name')
  @ApiOperation({ summary: 'Change an instance', description: 'Its tags and its deletion protection.' })
  @ApiParam(NAME_PARAMETER)
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag that was read: the change is refused when somebody else has changed the instance since.',
    schema: { type: 'string', example: '"4"' },
  })
  @ApiResponse({
    status: 200,
    description: 'The instance as it is now.',
    standardSchema: InstanceDetails,
    headers: { ETag: { description: 'The revision.', schema: { type: 'string' } } },
  })
  @ApiProblems(
    'validation_failed',
    'invalid_json',
    'invalid_utf8',
    'body_too_large',
    'unsupported_media_type',
    'invalid_if_match',
    'instance_not_found',
    'invalid_state',
    'revision_changed',
  )
  async updateInstance(
    @Param('name', InstanceName) name: string,
    @Body({ schema: UpdateInstanceRequest }) body: z.output<typeof UpdateInstanceRequest>,
    @IfMatch() revision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof InstanceDetails>> {
    const changes = { tags: body.tags, deletionProtection: body.deletion_protection };
    return this.getInstance(await this.instances.update(name, changes, revision), reply);
  }

  @Get('instances/:name/credentials')
  @ApiOperation({
    summary: 'Reveal the credentials',
    description: 'The password and full connection strings of the superuser.',
  })
  @ApiParam(NAME_PARAMETER)
  @ApiResponse({ status: 200, description: 'The credentials.', standardSchema: InstanceCredentials })
  @ApiProblems('instance_not_found', 'endpoint_unknown')
  async getInstanceCredentials(
    @Param('name', InstanceName) name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof InstanceCredentials>> {
    void reply.header('Cache-Control', 'no-store');
    return this.instances.credentials(name);
  }

  @Post('instances/:name/test-connection')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Test the connection',
    description:
      'Logs in at the endpoint as the superuser, with the stored password, and runs a query; gives up after five seconds. That it does not work is an answer too: `ok` is false then, and `error` says why.',
  })
  @ApiParam(NAME_PARAMETER)
  @ApiResponse({ status: 200, description: 'What came of it.', standardSchema: ConnectionTestResult })
  @ApiProblems('instance_not_found', 'endpoint_unknown')
  async testInstanceConnection(
    @Param('name', InstanceName) name: string,
  ): Promise<z.input<typeof ConnectionTestResult>> {
    return this.connection.run(name);
  }

  @Get('names/:name')
  @ApiOperation({
    summary: 'Check a name',
    description: 'Whether a create with this name would be accepted, by the same rules.',
  })
  @ApiParam({ name: 'name', description: 'The name to check.', example: 'proddb' })
  @ApiResponse({ status: 200, description: 'Whether it is available.', standardSchema: NameAvailability })
  async checkName(@Param('name') name: string): Promise<z.input<typeof NameAvailability>> {
    return this.instances.nameAvailability(name);
  }
}
