import { Module } from '@nestjs/common';
import { RuntimeImageController } from './http/runtime-image.controller.js';
import { RuntimeImagesModule } from './runtime-images.module.js';

@Module({ imports: [RuntimeImagesModule], controllers: [RuntimeImageController] })
export class RuntimeImagesHttpModule {}
