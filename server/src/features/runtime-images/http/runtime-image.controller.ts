import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import {
  ApiIdempotent,
  IdempotencyKey,
  markReplayed,
  REPLAYED_HEADER,
} from '../../../platform/http/idempotency-key.js';
import { pageOf } from '../../../platform/http/page.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import type { IdempotencyRequest } from '../../../platform/idempotency/idempotency.js';
import { RuntimeImageRepository } from '../data/runtime-image.repository.js';
import { RuntimeImageService } from '../runtime-image.service.js';
import { toNewRuntimeImage, toQuery, toRuntimeImage, toRuntimeImageDetails } from './runtime-image.presenter.js';
import {
  ListRuntimeImagesParameters,
  RegisterRuntimeImageRequest,
  RuntimeImage,
  RuntimeImageDetails,
  RuntimeImageList,
} from './runtime-image.schemas.js';

const NAME_PARAMETER = { name: 'name', description: 'Name of the runtime image.', example: 'postgis-18' };

@ApiTags('runtime images')
@Controller('api/runtime-images')
export class RuntimeImageController {
  constructor(
    private readonly service: RuntimeImageService,
    private readonly images: RuntimeImageRepository,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List runtime images', description: 'Filtered, sorted and paged.' })
  @ApiResponse({ status: 200, description: 'One page.', standardSchema: RuntimeImageList })
  @ApiProblems('validation_failed')
  async listRuntimeImages(
    @Query({ schema: ListRuntimeImagesParameters }) query: z.output<typeof ListRuntimeImagesParameters>,
  ): Promise<z.input<typeof RuntimeImageList>> {
    const { rows, total } = await this.images.list(toQuery(query));
    return { runtime_images: rows.map(toRuntimeImage), ...pageOf(total, query) };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Register a runtime image',
    description:
      'Instances of its PostgreSQL version can be made of it then, always by its digest and always as `stock`. Its registry must be allowed.',
  })
  @ApiIdempotent()
  @ApiResponse({
    status: 201,
    description: 'The image.',
    standardSchema: RuntimeImage,
    headers: { Location: { description: 'The image.', schema: { type: 'string' } }, ...REPLAYED_HEADER },
  })
  @ApiProblems(
    'validation_failed',
    'invalid_json',
    'invalid_utf8',
    'invalid_idempotency_key',
    'image_name_taken',
    'body_too_large',
    'unsupported_media_type',
    'unsupported',
    'registry_not_allowed',
    'idempotency_key_reused',
  )
  async registerRuntimeImage(
    @Body({ schema: RegisterRuntimeImageRequest }) body: z.output<typeof RegisterRuntimeImageRequest>,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof RuntimeImage>> {
    const { response, replayed } = await this.service.register(toNewRuntimeImage(body), key);
    void reply.header('Location', `/api/runtime-images/${body.name}`);
    markReplayed(reply, replayed);
    return toRuntimeImage(response);
  }

  @Get(':name')
  @ApiOperation({ summary: 'Read a runtime image', description: 'And which instances are made of it.' })
  @ApiParam(NAME_PARAMETER)
  @ApiResponse({ status: 200, description: 'The image.', standardSchema: RuntimeImageDetails })
  @ApiProblems('runtime_image_not_found')
  async getRuntimeImage(@Param('name') name: string): Promise<z.input<typeof RuntimeImageDetails>> {
    return toRuntimeImageDetails(await this.service.read(name));
  }

  @Delete(':name')
  @ApiOperation({
    summary: 'Remove a runtime image',
    description:
      'From the catalogue; nothing is removed from its registry. Refused while an instance is made of it, a deleted one included, because it can come back.',
  })
  @ApiParam(NAME_PARAMETER)
  @ApiResponse({ status: 200, description: 'What was removed.', standardSchema: RuntimeImage })
  @ApiProblems('runtime_image_not_found', 'image_in_use')
  async removeRuntimeImage(@Param('name') name: string): Promise<z.input<typeof RuntimeImage>> {
    return toRuntimeImage(await this.service.remove(name));
  }
}
