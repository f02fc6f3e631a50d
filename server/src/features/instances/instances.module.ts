import { Module } from '@nestjs/common';
import { DefinitionRegistry } from '../../orchestrations/index.js';
import { RuntimeImagesModule } from '../runtime-images/runtime-images.module.js';
import { InstanceQueries } from './data/instance.queries.js';
import { InstanceRepository } from './data/instance.repository.js';
import { ConnectionTest } from './connection-test.js';
import { INSTANCE_ORCHESTRATIONS } from './domain/instance-orchestrations.js';
import { InstanceImages } from './instance-images.js';
import { InstanceLifecycle } from './instance-lifecycle.js';
import { InstanceUpkeep } from './instance-upkeep.js';
import { InstanceSecrets } from './instance-secrets.js';
import { InstanceService } from './instance.service.js';
import { LoginProbe } from './login-probe.js';

@Module({
  imports: [RuntimeImagesModule],
  providers: [
    InstanceRepository,
    InstanceQueries,
    InstanceSecrets,
    InstanceImages,
    InstanceService,
    InstanceLifecycle,
    InstanceUpkeep,
    LoginProbe,
    ConnectionTest,
  ],
  exports: [
    InstanceRepository,
    InstanceQueries,
    InstanceSecrets,
    InstanceService,
    InstanceLifecycle,
    InstanceUpkeep,
    LoginProbe,
    ConnectionTest,
  ],
})
export class InstancesModule {
  constructor(definitions: DefinitionRegistry) {
    definitions.add(...INSTANCE_ORCHESTRATIONS);
  }
}
