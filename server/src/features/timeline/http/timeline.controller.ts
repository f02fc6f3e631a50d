import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { beginEventStream } from '../../../platform/http/event-stream.js';
import { RequestError } from '../../../platform/http/request-errors.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import { ChecksEvent } from '../../health/http.js';
import { InstanceName } from '../../instances/http.js';
import { InstanceNotFoundError, InstanceRepository } from '../../instances/index.js';
import { Timeline } from '../data/timeline.js';
import { EventHub } from './event-hub.js';
import { toEvent } from './timeline-json.js';
import { StreamParameters, TimelineEvent, TimelinePage, TimelineParameters } from './timeline.schemas.js';

@ApiTags('events')
@Controller('api')
export class TimelineController {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly timeline: Timeline,
    private readonly hub: EventHub,
  ) {}

  @Get('instances/:name/events')
  @ApiOperation({ summary: 'Read the timeline of an instance', description: 'The newest events first, paged by id.' })
  @ApiParam({ name: 'name', description: 'Name of the instance, or its id.', example: 'proddb' })
  @ApiResponse({ status: 200, description: 'One page.', standardSchema: TimelinePage })
  @ApiProblems('validation_failed', 'instance_not_found')
  async listInstanceEvents(
    @Param('name', InstanceName) name: string,
    @Query({ schema: TimelineParameters }) { before, limit }: z.output<typeof TimelineParameters>,
  ): Promise<z.input<typeof TimelinePage>> {
    const rows = await this.timeline.before(await this.#idOf(name), before ?? null, limit);
    const last = rows.at(-1);
    return { events: rows.map(toEvent), next_before: rows.length === limit && last ? String(last.id) : null };
  }

  @Get('events')
  @ApiOperation({
    summary: 'Follow events',
    description:
      'Server-sent events over the timeline. With `Last-Event-ID` it goes on after that event without a gap or a repeat; `stream.reset` says that it can not, and that everything must be read anew. A client that does not read fast enough is cut off and resumes. With `checks=true` it also tells of health checks as they are made; these are not kept, and have no id.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last event that was seen.',
    schema: { type: 'string', pattern: '^\\d{1,18}$', example: '4711' },
  })
  @ApiProduces('text/event-stream')
  @ApiResponse({
    status: 200,
    description: 'The stream; every `data` is one event.',
    standardSchema: z.union([TimelineEvent, ChecksEvent]),
  })
  @ApiProblems('validation_failed', 'invalid_last_event_id', 'instance_not_found')
  async streamEvents(
    @Query({ schema: StreamParameters }) query: z.output<typeof StreamParameters>,
    @Headers('last-event-id') header: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = header === undefined || header === '' ? (query.last_event_id ?? null) : parseEventId(header);
    const instanceId = query.instance === undefined ? null : await this.#idOf(query.instance);
    await this.hub.subscribe(beginEventStream(reply), after, instanceId, query.checks);
  }

  async #idOf(name: string): Promise<string> {
    const instance = await this.instances.findByNameOrId(new InstanceName().transform(name));
    if (!instance) {
      throw new InstanceNotFoundError(name);
    }
    return instance.id;
  }
}

function parseEventId(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) {
    throw new RequestError('invalid_last_event_id', 'Last-Event-ID must be the id of an event.');
  }
  return BigInt(text);
}
