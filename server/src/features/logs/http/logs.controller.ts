import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { LogQuery } from '../../../data-plane/index.js';
import { RequestError } from '../../../platform/http/request-errors.js';
import { ApiProblems, orStreamOf } from '../../../platform/http/responses.js';
import { InstanceName } from '../../instances/http.js';
import { InstanceLogs } from '../instance-logs.js';
import { toLine } from './log-json.js';
import { LogStreams } from './log-streams.js';
import { InstanceLog, LogParameters } from './logs.schemas.js';

@ApiTags('instances')
@Controller('api/instances/:name/logs')
export class LogsController {
  constructor(
    private readonly logs: InstanceLogs,
    private readonly streams: LogStreams,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Read the log of an instance',
    description:
      'What PostgreSQL has written. With `follow=true` as server-sent events: `log.line` for each line, `stream.end` when nothing is left of the instance; with `Last-Event-ID` it goes on behind that line without a gap or a repeat, and an id that is not known is overlooked. A stopped or deleted instance shows what it has written before, where the data plane keeps that.',
  })
  @ApiParam({ name: 'name', description: 'Name of the instance, or its id.', example: 'proddb' })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last line that was seen, when following.',
    schema: { type: 'string', example: 'postgresql-20261114T120000.log:1795377600000:4711' },
  })
  @ApiResponse({
    status: 200,
    description: 'The last lines; as a stream, every `data` is one line.',
    standardSchema: InstanceLog,
    ...orStreamOf('InstanceLogLine'),
  })
  @ApiProblems(
    'validation_failed',
    'instance_not_found',
    'invalid_state',
    'no_previous_log',
    'cluster_forbidden',
    'admission_refused',
    'too_many_streams',
    'cluster_unreachable',
  )
  async getInstanceLogs(
    @Param('name', InstanceName) name: string,
    @Query({ schema: LogParameters }) parameters: z.output<typeof LogParameters>,
    @Headers('accept') accept: string | undefined,
    @Headers('last-event-id') after: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const query = { tailLines: parameters.tail_lines, since: parameters.since, previous: parameters.previous };
    return parameters.follow || accept?.includes('text/event-stream') === true
      ? this.#follow(reply, name, { ...query, after: after === '' ? undefined : after })
      : this.#read(reply, name, query);
  }

  async #follow(reply: FastifyReply, name: string, query: LogQuery): Promise<void> {
    if (query.previous === true) {
      const message = 'The log of an earlier run has ended: leave out "follow".';
      throw new RequestError('validation_failed', message, [{ pointer: 'follow', code: 'not_with_previous', message }]);
    }
    await this.streams.open(reply, name, query);
  }

  async #read(reply: FastifyReply, name: string, query: LogQuery): Promise<void> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    try {
      const lines = await Array.fromAsync(await this.logs.open(name, query, gone.signal), toLine);
      const page: z.input<typeof InstanceLog> = { lines };
      await reply.header('Cache-Control', 'no-store').send(page);
    } catch (error) {
      // There is nobody any more whom it could be told.
      if (!gone.signal.aborted) {
        throw error;
      }
    }
  }
}
