import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CONFIG, type ResolvedConfig } from '../../../config/config.js';
import { DataPlane } from '../../../data-plane/index.js';
import { VERSION } from '../../../platform/version.js';
import { StatsQueries } from '../../stats/index.js';
import { Capabilities } from './capabilities.schemas.js';

@ApiTags('capabilities')
@Controller('api/capabilities')
export class CapabilitiesController {
  constructor(
    @Inject(CONFIG) private readonly config: ResolvedConfig,
    private readonly dataPlane: DataPlane,
    private readonly stats: StatsQueries,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read the capabilities', description: 'Versions, limits, and what the data plane can do.' })
  @ApiResponse({ status: 200, description: 'The capabilities.', standardSchema: Capabilities })
  async getCapabilities(): Promise<z.input<typeof Capabilities>> {
    const [capabilities, latency] = await Promise.all([this.dataPlane.capabilities(), this.stats.createLatency()]);
    return {
      version: VERSION,
      data_plane: capabilities.dataPlane,
      versions: [...capabilities.versions],
      storage: { minimum_gb: capabilities.storage.minimumGb, maximum_gb: capabilities.storage.maximumGb },
      namespaces: [...capabilities.namespaces],
      regions: [...capabilities.regions],
      image_types: capabilities.imageTypes.map(({ type, versions }) => ({ type, versions: [...versions] })),
      image_registries: [...this.config.imageRegistries],
      unsupported: [...capabilities.unsupported],
      prices: this.config.prices ?? null,
      usual_create_ms: latency.find(({ stage }) => stage === 'total')?.p50_ms ?? null,
      health_check_interval_seconds: this.config.healthIntervalSeconds,
      keep_deleted_hours: this.config.keepDeletedHours,
    };
  }
}
