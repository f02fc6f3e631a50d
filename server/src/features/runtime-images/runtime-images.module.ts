import { Module } from '@nestjs/common';
import { RuntimeImageRepository } from './data/runtime-image.repository.js';
import { RuntimeImageService } from './runtime-image.service.js';

@Module({
  providers: [RuntimeImageRepository, RuntimeImageService],
  exports: [RuntimeImageRepository, RuntimeImageService],
})
export class RuntimeImagesModule {}
