export { RuntimeImageEntity } from './data/runtime-image.entity.js';
export { RuntimeImageRepository } from './data/runtime-image.repository.js';
export { pinned, type RuntimeImage } from './domain/runtime-image.js';
export { RuntimeImageService } from './runtime-image.service.js';
