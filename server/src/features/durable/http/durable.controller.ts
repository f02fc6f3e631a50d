import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import {
  ApiIdempotent,
  IdempotencyKey,
  markReplayed,
  REPLAYED_HEADER,
} from '../../../platform/http/idempotency-key.js';
import type { ProblemCode } from '../../../platform/http/problem-examples.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import type { IdempotencyRequest } from '../../../platform/idempotency/idempotency.js';
import { InstanceName, NAME_PARAMETER } from '../../instances/http.js';
import { DurableService } from '../durable.service.js';
import { toDurableDetails, toDurableList, toDurableMetrics } from './durable.presenter.js';
import {
  CancelDurableInstanceRequest,
  DurableAnswer,
  DurableInstanceDetails,
  DurableInstanceList,
  DurableMetrics,
  ListDurableInstancesParameters,
  SignalDurableInstanceRequest,
} from './durable.schemas.js';

const ID_PARAMETER = { name: 'id', description: 'Id of the function instance.', example: 'a1b2c3d4' };

const BODY_PROBLEMS = [
  'validation_failed',
  'invalid_json',
  'invalid_utf8',
  'body_too_large',
  'unsupported_media_type',
] as const satisfies readonly ProblemCode[];

/** What every route here may answer, and its own. */
const ApiVisits = (...codes: readonly ProblemCode[]): MethodDecorator =>
  applyDecorators(
    ApiParam(NAME_PARAMETER),
    ApiProblems(
      'instance_not_found',
      'not_durable',
      'invalid_state',
      'endpoint_unknown',
      'instance_unreachable',
      'extension_missing',
      'durable_refused',
      ...codes,
    ),
  );

/** Durable functions of an instance with pg_durable, asked in its own database, as its superuser. */
@ApiTags('durable functions')
@Controller('api/instances/:name/durable')
export class DurableController {
  constructor(private readonly durable: DurableService) {}

  @Get('instances')
  @ApiOperation({ summary: 'List durable function instances', description: 'The newest first.' })
  @ApiResponse({ status: 200, description: 'One page.', standardSchema: DurableInstanceList })
  @ApiVisits('validation_failed')
  async listDurableInstances(
    @Param('name', InstanceName) name: string,
    @Query({ schema: ListDurableInstancesParameters })
    { status, label, limit, cursor }: z.output<typeof ListDurableInstancesParameters>,
  ): Promise<z.input<typeof DurableInstanceList>> {
    return toDurableList(await this.durable.list(name, { status, label, limit, cursor }));
  }

  @Get('instances/:id')
  @ApiOperation({ summary: 'Read a durable function instance', description: 'With its executions and its steps.' })
  @ApiParam(ID_PARAMETER)
  @ApiResponse({ status: 200, description: 'The function instance.', standardSchema: DurableInstanceDetails })
  @ApiVisits('durable_instance_not_found')
  async getDurableInstance(
    @Param('name', InstanceName) name: string,
    @Param('id') id: string,
  ): Promise<z.input<typeof DurableInstanceDetails>> {
    return toDurableDetails(await this.durable.read(name, id));
  }

  @Get('metrics')
  @ApiOperation({ summary: 'Count durable function instances' })
  @ApiResponse({ status: 200, description: 'The counts.', standardSchema: DurableMetrics })
  @ApiVisits()
  async getDurableMetrics(@Param('name', InstanceName) name: string): Promise<z.input<typeof DurableMetrics>> {
    return toDurableMetrics(await this.durable.metrics(name));
  }

  @Post('instances/:id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel a durable function instance',
    description: 'As the role `postgres` of the instance. Twice is the same as once.',
  })
  @ApiParam(ID_PARAMETER)
  @ApiResponse({ status: 200, description: 'It was told to end.', standardSchema: DurableAnswer })
  @ApiVisits('durable_instance_not_found', ...BODY_PROBLEMS)
  async cancelDurableInstance(
    @Param('name', InstanceName) name: string,
    @Param('id') id: string,
    @Body({ schema: CancelDurableInstanceRequest }) { reason }: z.output<typeof CancelDurableInstanceRequest>,
  ): Promise<z.input<typeof DurableAnswer>> {
    return this.durable.cancel(name, id, reason === '' ? 'Cancelled in Toygres' : reason);
  }

  @Post('instances/:id/signal')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Signal a durable function instance',
    description: 'Sends what it waits for, as the role `postgres` of the instance.',
  })
  @ApiParam(ID_PARAMETER)
  @ApiIdempotent()
  @ApiResponse({
    status: 200,
    description: 'It was sent.',
    standardSchema: DurableAnswer,
    headers: REPLAYED_HEADER,
  })
  @ApiVisits('durable_instance_not_found', 'invalid_idempotency_key', 'idempotency_key_reused', ...BODY_PROBLEMS)
  async signalDurableInstance(
    @Param('name', InstanceName) name: string,
    @Param('id') id: string,
    @Body({ schema: SignalDurableInstanceRequest })
    { name: signal, data }: z.output<typeof SignalDurableInstanceRequest>,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof DurableAnswer>> {
    const { response, replayed } = await this.durable.signal(name, id, { name: signal, data }, key);
    markReplayed(reply, replayed);
    return response;
  }
}
